using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// The axis of a panel of bars. A bar says how large a number is beside 0, so there are bars where 0 lies among the numbers and their
/// intervals, or at most as far from them as they span. Else there are dots, on an axis that begins where the intervals do; on a
/// logarithmic one, which has no 0, too.
/// </summary>
/// <param name="Scale">The scale.</param>
/// <param name="HasBars">Whether it has a 0 from which bars rise.</param>
internal sealed record BarAxis(PlotScale Scale, bool HasBars)
{
    /// <summary>The axis for some cells.</summary>
    public static BarAxis Of(CellMetric metric, IEnumerable<CellRow> cells)
    {
        Estimate[] estimates = [.. cells.Select(metric.Of)];
        // Lower ends may be as near to 0 as chance has it: a logarithmic axis would show little else.
        if (metric.Scale.IsLogarithmic)
        {
            var scale = PlotScale.Fitting(
                estimates.SelectMany(estimate => new[] { estimate.Mean, estimate.High }).OfType<double>()
            );
            return new(scale, !scale.IsLogarithmic && scale.Low <= 0 && scale.High >= 0);
        }
        double[] ends =
        [
            .. estimates
                .SelectMany(estimate => new[] { estimate.Mean, estimate.Low, estimate.High })
                .OfType<double>()
                .Select(value => metric.Whole is { } whole ? Math.Clamp(value, 0, whole) : value),
        ];
        var (low, high) = (ends.DefaultIfEmpty(0).Min(), ends.DefaultIfEmpty(0).Max());
        var hasBars = low <= 0 && high >= 0 || Math.Min(Math.Abs(low), Math.Abs(high)) <= high - low;
        double[] shown = hasBars ? [.. ends, 0] : ends;
        return new(metric.Whole is { } all ? PlotScale.Shares(shown, all) : PlotScale.Linear(shown), hasBars);
    }
}
