using Pipeline.Artifacts;

namespace Pipeline.Html.Tests;

/// <summary>Measurements of four probes at initialization and after 50 epochs, with made-up numbers.</summary>
internal static class MadeUpLayers
{
    /// <summary>
    /// Gradients shrink by a factor of ten from the last layer to the first, and are 0 in the first cell; the mean of
    /// activations has either sign and is large in the last layer; shares lie between 0 and 1.
    /// </summary>
    public static IReadOnlyList<LayerRow> Of(int cells, Func<int, int> depth)
    {
        var noise = new Random(3);
        return
        [
            .. from cell in Enumerable.Range(0, cells)
            from epoch in new[] { 0, 50 }
            from layer in Enumerable.Range(1, depth(cell))
            from probe in new[]
            {
                ("activation_mean", layer == depth(cell) ? 1000 * (1 + noise.NextDouble()) : noise.NextDouble() - 0.5),
                ("dead_share", noise.NextDouble()),
                ("unit_norm", 1 + noise.NextDouble()),
                ("weight_gradient_norm", cell == 0 ? 0 : (1 + noise.NextDouble()) * Math.Pow(10, layer - depth(cell))),
            }
            let half = probe.Item2 * noise.NextDouble() / 2
            select new LayerRow
            {
                Cell = cell,
                Epoch = epoch,
                Layer = layer,
                Name = layer == depth(cell) ? "output" : $"layers.{layer - 1}.linear",
                Probe = probe.Item1,
                Value = new(probe.Item2, probe.Item2 - half, probe.Item2 + half),
                Runs = 3,
            },
        ];
    }
}
