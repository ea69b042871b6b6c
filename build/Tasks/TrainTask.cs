using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Train the runs whose results are not cached.</summary>
[TaskName("Train")]
[TaskDescription("Train the runs whose results are not cached")]
[IsDependentOn(typeof(PreprocessTask))]
public sealed class TrainTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Flow.Train();
}
