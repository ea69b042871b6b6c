namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Subtracts each channel's mean over rows and pixels: <c>y = x − μ_c</c>, as in Simonyan, Zisserman 2015 (VGG).
/// </summary>
internal sealed class CenterChannels : Transform
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape(IReadOnlyList<int> shape) =>
        shape.Count == 3
            ? shape
            : throw new InvalidDataException(
                $"center_channels needs images, but a sample has the shape [{string.Join(", ", shape)}]: use center."
            );

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training)
    {
        var (pixels, shift) = (training.Shape[1] * training.Shape[2], new double[training.Features]);
        for (var start = 0; start < shift.Length; start += pixels)
        {
            var sum = 0.0;
            foreach (var mean in training.Moments.Mean.AsSpan(start, pixels))
                sum += mean;
            shift.AsSpan(start, pixels).Fill(sum / pixels);
        }
        return AffineMap.Identity(training.Features) with { Shift = shift };
    }
}
