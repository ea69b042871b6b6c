using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Write a run's trained network to a folder, for use elsewhere.</summary>
[TaskName("Export")]
[TaskDescription("Write a run's trained network to a folder, for use elsewhere (--run=<id>, --to=<folder>)")]
public sealed class ExportTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Session.Export(context.RunId("Export"), context.ExportFolder());
}
