using Pipeline.Networks.Descriptions;

namespace Pipeline.Export;

/// <summary>
/// A layer with the shape that an example has before it in PyTorch: features, or channels × height × width. There an
/// image of a single pixel has three dimensions too, so whether a layer takes images follows from the layers before it,
/// and for the first ones from those behind.
/// </summary>
/// <param name="Description">The layer.</param>
/// <param name="Shape">The shape of what goes in.</param>
/// <param name="Body">The layers of a residual block's body; none for other layers.</param>
/// <param name="Shortcut">The layers of its shortcut; none for the identity.</param>
internal sealed record ExportedLayer(
    LayerDescription Description,
    IReadOnlyList<int> Shape,
    IReadOnlyList<ExportedLayer> Body,
    IReadOnlyList<ExportedLayer> Shortcut
)
{
    /// <summary>Whether images go in.</summary>
    public bool TakesImages => Shape.Count == 3;

    /// <summary>The layers of a network, one behind the other.</summary>
    public static IReadOnlyList<ExportedLayer> Of(IReadOnlyList<LayerDescription> layers) =>
        Chain(layers, NeedsImages(layers) ?? false);

    private static IReadOnlyList<ExportedLayer> Chain(IReadOnlyList<LayerDescription> layers, bool areImages)
    {
        var chain = new List<ExportedLayer>();
        foreach (var layer in layers)
        {
            int[] shape = areImages
                ? [layer.Input.Channels, layer.Input.Height, layer.Input.Width]
                : [layer.Input.Values];
            chain.Add(
                layer is ResidualDescription residual
                    ? new(layer, shape, Chain(residual.Body, areImages), Chain(residual.Shortcut, areImages))
                    : new(layer, shape, [], [])
            );
            areImages &= layer is not (FlattenDescription or GlobalAveragePoolingDescription);
        }
        return chain;
    }

    private static bool? NeedsImages(IEnumerable<LayerDescription> layers) =>
        layers.Select(NeedsImages).FirstOrDefault(answer => answer is not null);

    private static bool? NeedsImages(LayerDescription layer) =>
        layer switch
        {
            LinearDescription => false,
            ConvolutionDescription or PoolingDescription or GlobalAveragePoolingDescription or FlattenDescription =>
                true,
            ResidualDescription residual => NeedsImages(residual.Body),
            _ => null,
        };
}
