using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks.Activations;

/// <summary>
/// What normalizes an image, applies an activation and takes the largest value of each window of 2×2 pixels in one pass, to the bits
/// that three passes give. Images are [height, width, channels], both sizes even, channels a multiple of sixteen.
/// </summary>
internal interface IPooledLoops
{
    /// <summary>The forward pass of an image.</summary>
    /// <param name="x">What is normalized.</param>
    /// <param name="channels">How.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="y">The largest values [height / 2, width / 2, channels].</param>
    /// <param name="places">The places 0 … 3 in their windows from which they came.</param>
    void Forward(ReadOnlySpan<float> x, NormalizedChannels channels, int width, Span<float> y, Span<float> places);

    /// <summary>
    /// Adds to the sums, over the pixels of images that follow each other, of the gradient with respect to what was normalized, g,
    /// and of g·x̂.
    /// </summary>
    /// <param name="x">What is normalized.</param>
    /// <param name="channels">How.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="places">As <see cref="Forward"/> wrote them.</param>
    /// <param name="sums">Four chains of each of the two, as in <see cref="ColumnSums"/> [2, 4, channels].</param>
    void Sum(
        ReadOnlySpan<float> x,
        NormalizedChannels channels,
        int width,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> places,
        Span<float> sums
    );

    /// <summary>The backward pass of an image.</summary>
    /// <param name="x">What is normalized.</param>
    /// <param name="channels">How.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="places">As <see cref="Forward"/> wrote them.</param>
    /// <param name="dx">The gradient with respect to x.</param>
    void Backward(
        ReadOnlySpan<float> x,
        NormalizedChannels channels,
        int width,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> places,
        Span<float> dx
    );
}
