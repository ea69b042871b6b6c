using Cake.Frosting;
using Pipeline.Commands;

namespace Pipeline.Build.Tasks;

/// <summary>Tells what would run, and why, without running it.</summary>
[TaskName("Plan")]
[TaskDescription("Tell what would run and why, without running it; with --resolved, print the study as it would run")]
public sealed class PlanTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        if (context.IsResolved())
            new ResolvedCommand(context.Session).Run(Console.Out);
        else
            context.WithoutBuilding(new PlanCommand(context.Session).Run);
    }
}
