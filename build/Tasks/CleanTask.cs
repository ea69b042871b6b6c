using Cake.Frosting;
using Pipeline.Commands;

namespace Pipeline.Build.Tasks;

/// <summary>Remove cache entries that were not used for a while (--keep=30d, --max-size=5GB).</summary>
[TaskName("Clean")]
[TaskDescription(
    "Remove cache entries that were not used for a while (--keep=30d, --max-size=5GB; --dryrun: only list them)"
)]
public sealed class CleanTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) =>
        context.WithoutBuilding(() =>
            new CleanCommand(context.Session).Run(context.Keep(), context.MaxSize(), context.IsCheck())
        );
}
