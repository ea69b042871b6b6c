using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>A step of preprocessing, fitted on the training split alone.</summary>
[Catalogue("transform")]
public abstract class Transform
{
    /// <summary>The shape of a sample after the step.</summary>
    /// <param name="shape">The shape before it: features, or channels × height × width.</param>
    /// <returns>The shape after it; where the training split decides, the largest there can be.</returns>
    /// <exception cref="InvalidDataException">
    /// The step can't be done on samples of this shape; the message is a sentence that says why.
    /// </exception>
    public virtual IReadOnlyList<int> Shape(IReadOnlyList<int> shape) => shape;

    /// <summary>The rows that the step changes. What changes training images at random comes after all that is fitted.</summary>
    public virtual ChangedRows Changes => ChangedRows.All;

    /// <summary>Fits the step.</summary>
    /// <param name="training">The training rows as the step before left them.</param>
    /// <exception cref="InvalidDataException">The step can't be done on these data; the message is a sentence that says why.</exception>
    public abstract FittedTransform Fit(TrainingRows training);
}

/// <summary>Which rows a step of preprocessing changes.</summary>
public enum ChangedRows
{
    /// <summary>Every row.</summary>
    All,

    /// <summary>Training rows alone, anew each epoch.</summary>
    Training,

    /// <summary>Test rows alone.</summary>
    Test,
}

/// <summary>A step of preprocessing with all that it took from the training split.</summary>
public abstract record FittedTransform;

/// <summary>The step that changes no number.</summary>
/// <param name="Shape">The shape of a sample after it.</param>
public sealed record Reshaping(IReadOnlyList<int> Shape) : FittedTransform;

/// <summary>A map of each feature of test rows alone: what a network meets after training on other data.</summary>
/// <param name="Map">The map.</param>
public sealed record TestMap(AffineMap Map) : FittedTransform;

/// <summary>A random change of training images, drawn while they train.</summary>
/// <param name="Change">The change.</param>
public sealed record Augmenting(Augmentation Change) : FittedTransform;
