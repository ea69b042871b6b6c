using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Write the reports to results/.</summary>
[TaskName("Report")]
[TaskDescription("Write the reports to results/")]
[IsDependentOn(typeof(AggregateTask))]
public sealed class ReportTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Flow.Report();
}
