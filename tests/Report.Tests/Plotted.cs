using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>Studies with learning curves and measurements to plot, of made-up numbers.</summary>
internal static class Plotted
{
    /// <summary>The grid with a curve a cell; one cell diverged after three epochs, one at once.</summary>
    public static StudyTables Curves { get; } =
        Studies.Grid with
        {
            Plan = Studies.Grid.Plan with { Study = "plotted" },
            Curves =
            [
                .. Enumerable
                    .Range(0, 10)
                    .SelectMany(cell =>
                        new[] { Curve(cell, "train_loss", 2.5), Curve(cell, "validation_accuracy", 0.5) }
                    ),
            ],
        };

    /// <summary>
    /// A probe in three layers of each cell of the grid, at two times; it vanishes by a factor of
    /// ten a layer, and is 0 with tanh.
    /// </summary>
    public static StudyTables Layers { get; } =
        Studies.Grid with
        {
            Layers =
            [
                .. from cell in Enumerable.Range(0, Studies.Grid.Cells.Count)
                from epoch in new[] { 0, 15 }
                from layer in new[] { 1, 2, 3 }
                let mean = Studies.Grid.Cells[cell].Values[0] == Scalar.Of("tanh")
                    ? 0
                    : (cell + 1)
                        / (
                            layer == 1 ? 1
                            : layer == 2 ? 10
                            : 100.0
                        )
                select Row(cell, epoch, layer, "weight_gradient_norm", new(mean, mean / 2, mean * 1.5)),
            ],
        };

    /// <summary>Two weights on their way through four epochs in each of three cells.</summary>
    public static StudyTables Weights { get; } =
        Studies.Line with
        {
            Layers =
            [
                .. from cell in Enumerable.Range(0, 3)
                from epoch in Enumerable.Range(0, 4)
                from weight in new[] { 1, 2 }
                let mean = weight == 1 ? epoch / 2.0 : epoch % 2 * (cell - 1) / 4.0
                select Row(cell, epoch, 1, $"weight_{weight}", new(mean, null, null)),
            ],
        };

    public static LayerRow Row(int cell, int epoch, int layer, string probe, Estimate value) =>
        new()
        {
            Cell = cell,
            Epoch = epoch,
            Layer = layer,
            Name = $"layers.{layer - 1}",
            Probe = probe,
            Value = value,
            Runs = 2,
        };

    private static CurveRow Curve(int cell, string name, double start)
    {
        var epochs = cell == 4 ? 3 : 6;
        double?[] mean =
        [
            .. Enumerable
                .Range(1, epochs)
                .Select(epoch =>
                    (double?)(
                        name == "train_loss" ? start / (epoch * epoch * (1 + cell)) : 1 - (start / (epoch + cell))
                    )
                ),
        ];
        return new()
        {
            Cell = cell,
            Curve = name,
            Mean = mean,
            Half = [.. mean.Select(value => value / 16)],
            Runs = [.. mean.Select(_ => cell == 4 ? 1 : 2)],
        };
    }
}
