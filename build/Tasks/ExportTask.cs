using Cake.Frosting;
using Pipeline.Export;

namespace Pipeline.Build.Tasks;

/// <summary>Write a run's trained network to a folder, for use elsewhere.</summary>
[TaskName("Export")]
[TaskDescription("Write a run's trained network to a folder, for use elsewhere (--run=<id>, --to=<folder>, --folded)")]
public sealed class ExportTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) =>
        new ExportCommand(context.Session).Run(context.RunId("Export"), context.ExportFolder(), context.IsFolded());
}
