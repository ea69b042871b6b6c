using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate.Claims;

/// <summary>
/// Judges the claims of a study by its runs at the nuisance values that validation chose. Statistical claims
/// (<see cref="ClaimRelation.Below"/> and <see cref="ClaimRelation.Above"/>) are judged by one-sided t tests of the
/// differences per seed, against their threshold; one <em>holds</em> when its p, adjusted by Holm, is below
/// <see cref="Significance.Level"/>, and is <em>refuted</em> when the adjusted p of the opposite is. Exact claims are
/// judged by every run. Where cells have different numbers of seeds, a claim is judged by those that all of its cells
/// have; p values are adjusted for <see cref="SeedRounds"/>, too.
/// </summary>
internal static class ClaimJudge
{
    /// <summary>
    /// 0.9 − 0.8 is less than 0.1 in binary floating point: a difference this near its threshold, relative to the size of what it was
    /// computed from, lies at it.
    /// </summary>
    private const double Rounding = 1.0 / (1L << 48);

    /// <summary>A row a claim, in the order of the plan.</summary>
    /// <param name="plan">The plan; its trials are not looked at.</param>
    /// <param name="columns">The names of the runs' metrics.</param>
    /// <param name="cells">By the number of each cell, its chosen trial.</param>
    /// <exception cref="InvalidOperationException">A best cell is asked for, but a completed run has no validation accuracy.</exception>
    public static IReadOnlyList<ClaimRow> Judge(
        Plan plan,
        string[] columns,
        IReadOnlyDictionary<int, ChosenTrial> cells
    )
    {
        var rows = plan.Claims.Select(claim => Row(plan, claim, columns, cells)).ToArray();
        var statistical = Enumerable.Range(0, rows.Length).Where(i => plan.Claims[i].IsStatistical).ToArray();
        // A claim without a test keeps its place in the family, so that the others are judged as strictly as with it.
        var rounds = plan.SeedsByRound().Count;
        var adjusted = Holm.Adjust([.. statistical.Select(i => Math.Min(1, rounds * (rows[i].P ?? 1)))]);
        var opposite = Holm.Adjust([.. statistical.Select(i => Math.Min(1, rounds * (rows[i].OppositeP ?? 1)))]);
        for (var k = 0; k < statistical.Length; k++)
        {
            var row = rows[statistical[k]];
            if (row.P is null)
                continue;
            rows[statistical[k]] = row with
            {
                AdjustedP = adjusted[k],
                AdjustedOppositeP = opposite[k],
                Verdict =
                    adjusted[k] < Significance.Level ? ClaimVerdict.Holds
                    : opposite[k] < Significance.Level ? ClaimVerdict.Refuted
                    : ClaimVerdict.Undecided,
            };
        }
        return rows;
    }

    private static ClaimRow Row(Plan plan, Claim claim, string[] columns, IReadOnlyDictionary<int, ChosenTrial> cells)
    {
        var metric = ClaimMetric.Parse(claim.Metric);
        var leftLines = ClaimSide.Lines(plan, metric, claim.Left, cells);
        var rightLines = claim.Right is { } choice ? ClaimSide.Lines(plan, metric, choice, cells) : null;
        if (leftLines.Length == 0 || rightLines is [])
            return new()
            {
                Verdict = ClaimVerdict.NotEvaluated,
                Reason = "its cells are no part of the plan",
                Pairs = 0,
            };
        var seeds = leftLines.Concat(rightLines ?? []).SelectMany(line => line).Min(cell => cell.Runs.Count);
        var left = ClaimSide.Of(plan, metric, claim.Left, columns, leftLines, seeds);
        var right = rightLines is null ? null : ClaimSide.Of(plan, metric, claim.Right!, columns, rightLines, seeds);
        var row = new ClaimRow
        {
            Verdict = ClaimVerdict.Undecided,
            Pairs = 0,
            BestLeft = left.Best,
            BestRight = right?.Best,
        };
        if ((left.Missing ?? right?.Missing) is { } missing)
            return row with { Reason = missing };
        return claim.IsStatistical ? Tested(row, claim, left, right) : Compared(row, claim, left, right);
    }

    /// <summary>A statistical claim: p values yet to be adjusted.</summary>
    private static ClaimRow Tested(ClaimRow row, Claim claim, ClaimSide left, ClaimSide? right)
    {
        var n = left.Values.Length;
        if (n < 2)
            return row with { Reason = "a test takes two seeds or more" };
        var other = right?.Values ?? [.. Enumerable.Repeat(claim.Number!.Value, n)];
        var margin = claim.By;
        var values = left.Values;
        if (claim.Factor is { } factor)
        {
            if (Array.FindIndex(values, value => value <= 0) is >= 0 and var i)
                return row with { Reason = NoRatio(left.Runs[i], claim, values[i]) };
            if (Array.FindIndex(other, value => value <= 0) is >= 0 and var j)
                return row with { Reason = NoRatio((right ?? left).Runs[j], claim, other[j]) };
            (values, other, margin) = (
                Array.ConvertAll(values, Float64.Log),
                Array.ConvertAll(other, Float64.Log),
                Float64.Log(factor)
            );
        }
        var isAbove = claim.Relation == ClaimRelation.Above;
        var threshold = isAbove ? margin : -margin;
        var test = TTest.Of([.. values.Zip(other, (x, y) => Beyond(x, y, threshold))]);
        double[] differences = [.. values.Zip(other, (x, y) => x - y)];
        var effect = Statistics.Estimate(
            Array.ConvertAll(differences, value => (double?)value),
            Statistics.IntervalQuantile(n)
        );
        return row with
        {
            Pairs = n,
            Effect = Scaled(effect.Mean),
            Low = Scaled(effect.Low),
            High = Scaled(effect.High),
            EffectSize = Statistics.Standardized(
                differences,
                Rounding * values.Zip(other, (x, y) => Math.Abs(x) + Math.Abs(y)).Max()
            ),
            P = isAbove ? test.Greater : test.Less,
            OppositeP = isAbove ? test.Less : test.Greater,
        };

        // An interval of ratios may end beyond the largest number.
        double? Scaled(double? value)
        {
            if (claim.Factor is null || value is not { } logarithm)
                return value;
            var ratio = Float64.Exp(logarithm);
            return double.IsFinite(ratio) ? ratio : null;
        }
    }

    private static string NoRatio(RunRow run, Claim claim, double value) =>
        $"the seed of run {run.Run} has {claim.Metric} {CanonicalJson.Number(value)}, which takes part in no ratio";

    /// <summary>left − right − threshold, or 0 where that is rounding.</summary>
    private static double Beyond(double left, double right, double threshold)
    {
        var beyond = left - right - threshold;
        return Math.Abs(beyond) <= Rounding * (Math.Abs(left) + Math.Abs(right) + Math.Abs(threshold)) ? 0 : beyond;
    }

    /// <summary>An exact claim. A value that exceeds its bounds by the most, or comes nearest to them, stands for all.</summary>
    private static ClaimRow Compared(ClaimRow row, Claim claim, ClaimSide left, ClaimSide? right)
    {
        var n = left.Values.Length;
        var isWithin = claim.Relation == ClaimRelation.Within;
        var (effects, excess) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var value = left.Values[i];
            effects[i] = isWithin ? value : value - (right?.Values[i] ?? claim.Number!.Value);
            excess[i] = isWithin
                ? Math.Max(claim.Number!.Value - value, value - claim.High!.Value)
                : Math.Abs(effects[i]);
        }
        var worst = Array.IndexOf(excess, excess.Max());
        return row with
        {
            Verdict = excess[worst] <= 0 ? ClaimVerdict.Holds : ClaimVerdict.Refuted,
            Pairs = n,
            Effect = effects[worst],
            Run = left.Runs[worst].Run,
        };
    }
}
