using Cake.Frosting;

namespace Pipeline.Build.Tasks;

/// <summary>Read, split and transform the data sets of the studies.</summary>
[TaskName("Preprocess")]
[TaskDescription("Read, split and transform the data sets of the studies")]
public sealed class PreprocessTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context) => context.Flow.Preprocess();
}
