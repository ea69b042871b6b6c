using Pipeline.Artifacts;

namespace Pipeline.Results;

/// <summary>Reads <c>cells.csv</c>, whose columns are <see cref="CellColumns"/>.</summary>
public static class CellsFile
{
    /// <summary>Reads a table: the axes of each kind, the metrics, and the cells, their values as texts.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a table; the message names line, column and remedy.</exception>
    public static (
        IReadOnlyList<string> Scientific,
        IReadOnlyList<string> Nuisance,
        IReadOnlyList<string> Metrics,
        IReadOnlyList<CellRow> Cells
    ) Read(ReadOnlyMemory<byte> bytes)
    {
        using var table = new CsvTable(bytes);
        string[] axes = [.. table.Header.TakeWhile(column => column != CellColumns.Runs)];
        table.RequireColumn(axes.Length, CellColumns.Runs);
        table.RequireColumn(axes.Length + 1, CellColumns.Diverged);
        string[] nuisance = [.. axes.Where(axis => axes.Contains(CellColumns.AtEdge(axis), StringComparer.Ordinal))];
        string[] scientific =
        [
            .. axes.Except(
                nuisance.SelectMany(axis => new[] { axis, CellColumns.AtEdge(axis) }),
                StringComparer.Ordinal
            ),
        ];
        string[] metrics = [.. table.Header.Skip(axes.Length + 2).Where((_, i) => i % 3 == 0)];
        string[] expected = [.. metrics.SelectMany(CellColumns.Of)];
        for (var i = 0; i < expected.Length; i++)
            table.RequireColumn(axes.Length + 2 + i, expected[i]);
        var cells = new List<CellRow>();
        while (table.Next())
        {
            cells.Add(
                new()
                {
                    Values = Array.ConvertAll(scientific, axis => Scalar.Of(table[axis])),
                    Chosen = Array.ConvertAll(nuisance, axis => Scalar.Of(table[axis])),
                    AtEdge = Array.ConvertAll(nuisance, axis => table[CellColumns.AtEdge(axis)] == TableText.True),
                    Runs = table.Whole(CellColumns.Runs),
                    Diverged = table.Whole(CellColumns.Diverged),
                    Metrics = Array.ConvertAll(
                        metrics,
                        metric => new Estimate(
                            table.Number(metric),
                            table.Number(CellColumns.Low(metric)),
                            table.Number(CellColumns.High(metric))
                        )
                    ),
                }
            );
        }
        return (scientific, nuisance, metrics, cells);
    }
}
