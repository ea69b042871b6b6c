using Cake.Frosting;
using Pipeline.Commands;
using Pipeline.Executors.Slurm;

namespace Pipeline.Build.Tasks;

/// <summary>Tells how many runs are done, and how those on a cluster are.</summary>
[TaskName("Status")]
[TaskDescription("Tell how many runs are done, and how those on a Slurm cluster are")]
public sealed class StatusTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) =>
        context.WithoutBuilding(
            new StatusCommand(
                context.Session,
                new SlurmStatus(context.Session.Options.Cache, context.Session.Output.WriteLine).Of
            ).Run
        );
}
