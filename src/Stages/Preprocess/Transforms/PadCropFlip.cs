using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Changes each training image anew each epoch: pads it by zeros, cuts it to its size at a random place, and mirrors it
/// with some probability, as in He, Zhang, Ren, Sun 2016. Validation and test images stay as they are. Stands last in a
/// chain, but for shifts of the test split.
/// </summary>
internal sealed class PadCropFlip : Transform
{
    private readonly Augmentation change;

    /// <summary>The change.</summary>
    /// <param name="padding">Pixels added on each side, a whole number from 0 to 64.</param>
    /// <param name="flip">The probability of mirroring left and right, 0…1.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public PadCropFlip(double padding = 4, double flip = 0.5)
    {
        if (padding is not (>= 0 and <= 64) || padding != Math.Floor(padding))
            throw new ArgumentException(
                "pad_crop_flip(padding, flip) needs a whole number of pixels from 0 to 64 first.",
                nameof(padding)
            );
        if (flip is not (>= 0 and <= 1))
            throw new ArgumentException(
                "pad_crop_flip(padding, flip) needs a probability from 0 to 1 second.",
                nameof(flip)
            );
        change = new((int)padding, flip);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape(IReadOnlyList<int> shape) =>
        shape.Count == 3
            ? shape
            : throw new InvalidDataException(
                $"pad_crop_flip needs images, but a sample has the shape [{string.Join(", ", shape)}]: leave it out."
            );

    /// <inheritdoc/>
    public override ChangedRows Changes => ChangedRows.Training;

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training) => new Augmenting(change);
}
