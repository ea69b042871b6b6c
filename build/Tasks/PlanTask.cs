using Cake.Frosting;
using Pipeline.Commands;

namespace Pipeline.Build.Tasks;

/// <summary>Tells what would run, and why, without running it.</summary>
[TaskName("Plan")]
[TaskDescription("Tell what would run and why, without running it")]
public sealed class PlanTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => new PlanCommand(context.Session).Run();
}
