using System.Collections.ObjectModel;
using Pipeline.Artifacts;
using Pipeline.Results;
using Pipeline.Stages.Aggregate;

namespace Pipeline.Diff;

/// <summary>
/// What a study's files record: its runs, the cells that follow from them by the code of Aggregate, and the verdicts.
/// Which axes are compared and which are tuned is told by the header of <c>cells.csv</c>, where a tuned axis has a
/// column <c>…_at_edge</c>; its numbers are not used.
/// </summary>
internal sealed class RecordedStudy
{
    // cells.csv may have been written by an earlier version, whose sums were rounded otherwise.
    private const double Tolerance = 1e-9;

    private RecordedStudy(
        IReadOnlyList<string> axes,
        IReadOnlyList<string> scientific,
        StudyTables tables,
        IReadOnlyList<RecordedCell> cells
    )
    {
        Axes = axes;
        Scientific = scientific;
        Metrics = tables.Metrics;
        Runs = tables.Runs;
        Cells = cells;
    }

    /// <summary>All axes, in the order of the columns.</summary>
    public IReadOnlyList<string> Axes { get; }

    /// <summary>The axes that are compared; the first of <see cref="Axes"/>.</summary>
    public IReadOnlyList<string> Scientific { get; }

    /// <summary>The axes that are tuned for each cell; the others of <see cref="Axes"/>.</summary>
    public IReadOnlyList<string> Nuisance => [.. Axes.Skip(Scientific.Count)];

    /// <summary>The names of the metrics.</summary>
    public IReadOnlyList<string> Metrics { get; }

    /// <summary>The runs in the order of the file.</summary>
    public IReadOnlyList<RunRow> Runs { get; }

    /// <summary>The cells in the order of the file.</summary>
    public IReadOnlyList<RecordedCell> Cells { get; }

    /// <summary>The verdicts by the words of their claims.</summary>
    public required IReadOnlyDictionary<string, ClaimRow> Claims { get; init; }

    /// <summary>Whether <c>cells.csv</c> says something else than <c>runs.csv</c>.</summary>
    public required bool CellsDisagree { get; init; }

    /// <summary>Reads a study.</summary>
    /// <exception cref="PipelineException">A file is missing or damaged.</exception>
    public static RecordedStudy Read(string name, StudyResults results)
    {
        var (scientific, nuisance, cellMetrics, cells) = results.Read(
            ResultFiles.Cells,
            bytes => CellsFile.Read(bytes)
        );
        var (axes, tables) = results.Read(
            ResultFiles.Runs,
            bytes =>
            {
                var (axes, metrics, runs) = RunsFile.Read(bytes);
                if (!axes.SequenceEqual(scientific.Concat(nuisance), StringComparer.Ordinal))
                    throw new InvalidDataException(
                        $"its axes are {string.Join(", ", axes)}, those of {ResultFiles.Cells} "
                            + $"{string.Join(", ", scientific.Concat(nuisance))}; write both again with --target=Report."
                    );
                return (
                    axes,
                    Aggregator.Tables(
                        RecordedPlan.Of(
                            name,
                            axes,
                            scientific.Count,
                            runs,
                            results.ManifestIfAny?.SeedsAtLeast,
                            results.ManifestIfAny?.IsEdited(ResultFiles.Runs, bytes) == false
                        ),
                        metrics,
                        runs
                    )
                );
            }
        );
        var first = tables
            .Runs.Select((run, index) => (Values: Text(run.Values), index))
            .DistinctBy(run => run.Values, StringComparer.Ordinal)
            .ToDictionary(run => run.Values, run => run.index, StringComparer.Ordinal);
        var made = tables
            .Cells.Select(cell => new RecordedCell(
                [.. cell.Values.Select(value => value.ToString())],
                [.. cell.Chosen.Select(value => value.ToString())],
                cell,
                [.. tables.Runs.Skip(first[Text([.. cell.Values, .. cell.Chosen])]).Take(cell.Runs)]
            ))
            .ToList();
        return new(axes, scientific, tables, made)
        {
            Claims = results.Has(ResultFiles.Claims)
                ? results.Read(ResultFiles.Claims, bytes => ClaimsFile.ReadVerdicts(bytes))
                : ReadOnlyDictionary<string, ClaimRow>.Empty,
            CellsDisagree =
                cells.Count != tables.Cells.Count
                || cells.Zip(tables.Cells).Any(pair => !Agree(pair.First, cellMetrics, pair.Second, tables.Metrics)),
        };
    }

    private static string Text(IEnumerable<Scalar> values) => string.Join('\u001f', values.Select(value => value.Json));

    private static bool Agree(
        CellRow recorded,
        IReadOnlyList<string> recordedMetrics,
        CellRow made,
        IReadOnlyList<string> metrics
    )
    {
        var means = metrics
            .Zip(made.Metrics)
            .ToDictionary(metric => metric.First, metric => metric.Second.Mean, StringComparer.Ordinal);
        return recorded.Values.SequenceEqual(made.Values)
            && recorded.Chosen.SequenceEqual(made.Chosen)
            && recorded.Runs == made.Runs
            && recorded.Diverged == made.Diverged
            && recordedMetrics
                .Zip(recorded.Metrics)
                .All(metric => !means.TryGetValue(metric.First, out var mean) || IsNear(metric.Second.Mean, mean));
    }

    private static bool IsNear(double? x, double? y) =>
        x is { } one && y is { } other
            ? Math.Abs(one - other) <= Tolerance * Math.Max(Math.Abs(one), Math.Abs(other))
            : x == y;
}

/// <summary>A cell at the nuisance values that validation chose.</summary>
/// <param name="Values">The value on each compared axis.</param>
/// <param name="Chosen">The chosen value on each tuned axis.</param>
/// <param name="Row">Its estimates.</param>
/// <param name="Runs">Its runs at these values, a run a seed.</param>
internal sealed record RecordedCell(
    IReadOnlyList<string> Values,
    IReadOnlyList<string> Chosen,
    CellRow Row,
    IReadOnlyList<RunRow> Runs
)
{
    /// <summary>The mean of a metric, by its column.</summary>
    public double? Mean(int metric) => metric < 0 ? null : Row.Metrics[metric].Mean;
}
