using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate;

/// <summary>How runs learned, cell by cell over its seeds.</summary>
internal static class CurveTable
{
    /// <summary>As many as tell float32 values apart.</summary>
    private const int Digits = 7;

    /// <summary>A row a cell and curve, in this order, names in ordinal order.</summary>
    /// <param name="cells">For each cell the results of its runs.</param>
    public static IReadOnlyList<CurveRow> Of(IEnumerable<ArraySegment<RunResult>> cells) =>
        [
            .. cells.SelectMany(
                (runs, cell) =>
                    runs.SelectMany(run => run.Curves)
                        .Where(curve => curve.Value.Length > 0)
                        .GroupBy(curve => curve.Key, curve => curve.Value, StringComparer.Ordinal)
                        .OrderBy(curve => curve.Key, StringComparer.Ordinal)
                        .Select(curve => Row(cell, curve.Key, [.. curve]))
            ),
        ];

    private static CurveRow Row(int cell, string name, double[][] runs)
    {
        var epochs = runs.Max(run => run.Length);
        var (mean, half, counts) = (new double?[epochs], new double?[epochs], new int[epochs]);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var values = runs.Where(run => run.Length > epoch)
                .Select(run => double.IsFinite(run[epoch]) ? run[epoch] : (double?)null)
                .ToArray();
            var estimate = Statistics.Estimate(values, Statistics.IntervalQuantile(values.Length));
            mean[epoch] = Rounded(estimate.Mean);
            half[epoch] = Rounded(estimate.High - estimate.Mean);
            counts[epoch] = values.Length;
        }
        return new()
        {
            Cell = cell,
            Curve = name,
            Mean = mean,
            Half = half,
            Runs = counts,
        };
    }

    // The sum of finite numbers may not be one.
    private static double? Rounded(double? value) =>
        value is { } number && double.IsFinite(number) ? CanonicalJson.Rounded(number, Digits) : null;
}
