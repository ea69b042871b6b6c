namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>Makes a list of features of an image, channel after channel and row after row; no number changes.</summary>
internal sealed class Flatten : Transform
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape(IReadOnlyList<int> shape) => [shape.Aggregate(1, (product, size) => checked(product * size))];

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training) => new Reshaping([training.Features]);
}
