using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>Makes a list of features of an image, channel after channel and row after row; no number changes.</summary>
internal sealed class Flatten : Transform
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape(IReadOnlyList<int> shape) => [PreparedDataHeader.FeaturesOf(shape)];

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training) => new Reshaping([training.Features]);
}
