using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>
/// Looks at a layer of a network while the gradient passes it. Layers come from the last to the first; a
/// residual block after what it holds.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="x">What went into it [rows, inputs]; images as [pixels, channels].</param>
/// <param name="y">What came out of it [rows, outputs].</param>
/// <param name="dy">The gradient of the mean loss with respect to y.</param>
/// <param name="dx">The gradient with respect to x.</param>
public delegate void LayerObserver(
    LayerDescription layer,
    ReadOnlySpan<float> x,
    ReadOnlySpan<float> y,
    ReadOnlySpan<float> dy,
    ReadOnlySpan<float> dx
);
