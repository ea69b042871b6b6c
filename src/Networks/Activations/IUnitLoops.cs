using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks.Activations;

/// <summary>
/// What normalizes rows, applies an activation and perhaps pools, in one pass each way, to the bits that a pass for each gives. Channels
/// are a multiple of sixteen.
/// </summary>
internal interface IUnitLoops
{
    /// <summary>The forward pass of some rows.</summary>
    /// <param name="x">What is normalized.</param>
    /// <param name="channels">How.</param>
    /// <param name="y">What comes out.</param>
    /// <param name="places">Where in its window each pooled value came from; empty without pooling.</param>
    void Forward(ReadOnlySpan<float> x, NormalizedChannels channels, Span<float> y, Span<float> places);

    /// <summary>The sums over all positions of the gradient with respect to what was normalized, g, and of g·x̂.</summary>
    /// <param name="x">What is normalized.</param>
    /// <param name="channels">How.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="places">As <see cref="Forward"/> wrote them.</param>
    /// <param name="sums">Four chains of each of the two, as in <see cref="ColumnSums"/> [2, 4, channels].</param>
    void Sum(
        ReadOnlySpan<float> x,
        NormalizedChannels channels,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> places,
        Span<float> sums
    );

    /// <summary>The backward pass of some rows.</summary>
    /// <param name="x">What is normalized.</param>
    /// <param name="channels">How.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="places">As <see cref="Forward"/> wrote them.</param>
    /// <param name="dx">The gradient with respect to x.</param>
    void Backward(
        ReadOnlySpan<float> x,
        NormalizedChannels channels,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> places,
        Span<float> dx
    );
}
