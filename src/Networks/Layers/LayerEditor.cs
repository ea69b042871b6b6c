using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>Looks at what comes out of a layer in inference, before the next layer does, and may change it.</summary>
/// <param name="layer">The layer.</param>
/// <param name="y">What came out of it [rows, outputs]; images as [pixels, channels].</param>
public delegate void LayerEditor(LayerDescription layer, Span<float> y);
