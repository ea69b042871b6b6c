using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Make tables and statistics of the runs.</summary>
[TaskName("Aggregate")]
[TaskDescription("Make tables and statistics of the runs")]
[IsDependentOn(typeof(TrainTask))]
public sealed class AggregateTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Flow.Aggregate();
}
