using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>Turns features into their principal components, which are uncorrelated: <c>y = (x − μ)·U</c>, by falling variance.</summary>
internal sealed class Decorrelate : Transform
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape(IReadOnlyList<int> shape) => [PreparedDataHeader.FeaturesOf(shape)];

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training) =>
        training.Components.Project(training.Features, _ => 1);
}
