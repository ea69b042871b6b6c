using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate.Claims;

/// <summary>
/// Judges the claims of a study by its runs at the nuisance values that validation chose. Statistical claims
/// (<see cref="ClaimRelation.Below"/> and <see cref="ClaimRelation.Above"/>) are judged by one-sided tests (see
/// <see cref="Comparison"/>) of the differences per seed against their threshold; one <em>holds</em> when its p,
/// adjusted by Holm, is below <see cref="Significance.Side"/>, and is <em>refuted</em> when the adjusted p of the
/// opposite is. Exact claims are judged by every run. Where cells have different numbers of seeds, a claim is judged by
/// those that all of its cells have; p values are adjusted for <see cref="SeedRounds"/>, too.
/// </summary>
internal static class ClaimJudge
{
    private const int MostSeeds = 10_000;

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
        var judged = plan.Claims.Select(claim => Row(plan, claim, columns, cells)).ToArray();
        var rows = Array.ConvertAll(judged, claim => claim.Row);
        var statistical = Enumerable.Range(0, rows.Length).Where(i => plan.Claims[i].IsStatistical).ToArray();
        // A claim without a test keeps its place in the family, so that the others are judged as strictly as with it.
        var looks = plan.SeedsByRound().Count;
        var family = new Family([.. statistical.Select(i => rows[i].P)], looks);
        var opposite = new Family([.. statistical.Select(i => rows[i].OppositeP)], looks);
        for (var k = 0; k < statistical.Length; k++)
        {
            if (judged[statistical[k]].Test is { } test)
                rows[statistical[k]] = Decided(rows[statistical[k]], test, (family, opposite, k));
        }
        return rows;
    }

    private static ClaimRow Decided(ClaimRow row, ClaimedDifference test, (Family Holds, Family Refuted, int Index) at)
    {
        var (holds, refuted, k) = at;
        var verdict =
            holds.Adjusted[k] < Significance.Side ? ClaimVerdict.Holds
            : refuted.Adjusted[k] < Significance.Side ? ClaimVerdict.Refuted
            : ClaimVerdict.Undecided;
        var side = verdict switch
        {
            ClaimVerdict.Holds => holds.Side(k),
            ClaimVerdict.Refuted => refuted.Side(k),
            _ => Math.Min(holds.Side(k), refuted.Side(k)),
        };
        var isLimitedByRows =
            verdict == ClaimVerdict.Undecided && test.Comparison.IsLimitedByRows(test.Threshold, side);
        var (low, high) = test.Interval(side);
        return row with
        {
            AdjustedP = holds.Adjusted[k],
            AdjustedOppositeP = refuted.Adjusted[k],
            Verdict = verdict,
            Low = low,
            High = high,
            Confidence = low is null ? null : 1 - (2 * side),
            IsLimitedByRows = isLimitedByRows,
            Reason =
                isLimitedByRows ? "the test split has too few rows to tell, however many seeds there are"
                : verdict != ClaimVerdict.Undecided ? null
                : row.Test == ClaimTest.Sign
                    ? (holds.Steps(k) < refuted.Steps(k) ? holds : refuted).TooFew(k, row.Pairs)
                : Needed(test, row.Pairs, side),
        };
    }

    private static string Needed(ClaimedDifference test, int seeds, double side) =>
        "were the difference what it seems, "
        + (
            test.Comparison.SeedsToDecide(seeds, MostSeeds, test.Threshold, side) is { } needed
                ? $"about {TwoDigits(needed)} seeds would decide it"
                : $"{MostSeeds} seeds would not decide it"
        );

    /// <summary>A number up to the next with two digits and zeros.</summary>
    private static int TwoDigits(int number)
    {
        var unit = 1;
        while (number > 99 * unit)
            unit *= 10;
        return (number + unit - 1) / unit * unit;
    }

    private static (ClaimRow Row, ClaimedDifference? Test) Row(
        Plan plan,
        Claim claim,
        string[] columns,
        IReadOnlyDictionary<int, ChosenTrial> cells
    )
    {
        var metric = ClaimMetric.Parse(claim.Metric);
        var leftLines = ClaimSide.Lines(plan, metric, claim.Left, cells);
        var rightLines = claim.Right is { } choice ? ClaimSide.Lines(plan, metric, choice, cells) : null;
        if (leftLines.Length == 0 || rightLines is [])
            return (
                new()
                {
                    Verdict = ClaimVerdict.NotEvaluated,
                    Reason = plan.SoFar is null
                        ? "its cells are no part of the plan"
                        : "not all runs of its cells are done",
                    Pairs = 0,
                },
                null
            );
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
            return (row with { Reason = missing }, null);
        return claim.IsStatistical
            ? Tested(row, metric, claim, left, right)
            : (Compared(row, metric, claim, left, right), null);
    }

    /// <summary>A statistical claim: p values yet to be adjusted.</summary>
    private static (ClaimRow Row, ClaimedDifference? Test) Tested(
        ClaimRow row,
        ClaimMetric metric,
        Claim claim,
        ClaimSide left,
        ClaimSide? right
    )
    {
        if (left.Values.Length < Significance.FewestSeeds)
            return (row with { Reason = $"fewer than {Significance.FewestSeeds} seeds decide nothing" }, null);
        if (ClaimedDifference.NoRatio(claim, left, right) is { } reason)
            return (row with { Reason = reason }, null);
        var test = ClaimedDifference.Of(metric, claim, left, right);
        var isAbove = claim.Relation == ClaimRelation.Above;
        var (comparison, signs) = (test.Comparison, test.Comparison.Signs);
        return (
            row with
            {
                Test = comparison.Test,
                Pairs = left.Values.Length,
                For = isAbove ? signs.Above : signs.Below,
                Against = isAbove ? signs.Below : signs.Above,
                Effect = test.Effect,
                StandardError = comparison.Variance is { } variance ? Math.Sqrt(variance.Total) : null,
                DegreesOfFreedom = comparison.Variance?.DegreesOfFreedom,
                EffectSize = test.EffectSize,
                P = isAbove ? comparison.Greater : comparison.Less,
                OppositeP = isAbove ? comparison.Less : comparison.Greater,
            },
            test
        );
    }

    /// <summary>
    /// An exact claim. A value that exceeds its bounds by the most, or comes nearest to them, stands for all; the first
    /// that there is none of, its run having diverged, exceeds any bound. A slope or a change exceeds none by less than what it is made of
    /// may be rounded by.
    /// </summary>
    private static ClaimRow Compared(ClaimRow row, ClaimMetric metric, Claim claim, ClaimSide left, ClaimSide? right)
    {
        var n = left.Values.Length;
        var isWithin = claim.Relation == ClaimRelation.Within;
        var (effects, excess) = (new double?[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var value = left.Values[i];
            effects[i] = isWithin ? value : value - (right is null ? claim.Number : right.Values[i]);
            var isTie = value is null && right is not null && right.Values[i] is null;
            excess[i] = effects[i] is not { } effect
                ? isTie
                    ? 0
                    : double.PositiveInfinity
                : isWithin
                    ? Math.Max(claim.Number!.Value - effect, effect - claim.High!.Value)
                    : Math.Abs(effect);
            var bound = Math.Max(Math.Abs(claim.Number ?? 0), Math.Abs(claim.High ?? 0));
            var scale = left.Magnitudes[i] + (right?.Magnitudes[i] ?? bound);
            if (metric.Axis is not null && excess[i] > 0 && excess[i] <= PairedSample.Rounding * scale)
                excess[i] = 0;
        }
        var worst = Array.IndexOf(excess, excess.Max());
        return row with
        {
            Test = ClaimTest.Exact,
            Verdict = excess[worst] <= 0 ? ClaimVerdict.Holds : ClaimVerdict.Refuted,
            Pairs = n,
            Effect = effects[worst],
            Run = left.Runs[worst].Run,
        };
    }

    /// <summary>The p values of a study's claims, or of their opposites.</summary>
    private sealed class Family
    {
        private readonly int looks;
        private readonly int[] divisors;

        public Family(double?[] values, int looks)
        {
            this.looks = looks;
            var paid = Array.ConvertAll(values, p => Math.Min(1, looks * (p ?? 1)));
            Adjusted = Holm.Adjust(paid);
            divisors = Holm.Divisors(paid, Significance.Side);
        }

        public double[] Adjusted { get; }

        /// <summary>Below what a p is rejected.</summary>
        public double Side(int index) => Significance.Side / divisors[index] / looks;

        /// <summary>By how many claims its level is divided.</summary>
        public int Steps(int index) => divisors[index];

        /// <summary>Why a sign test of so many seeds can't decide, or null where it could.</summary>
        public string? TooFew(int index, int seeds)
        {
            var (needed, p) = (0, 1.0);
            for (; p >= Side(index); p /= 2)
                needed++;
            return seeds < needed
                ? $"a sign test of {seeds} seeds can't decide one of {divisors[index]} claims; it takes {needed}"
                : null;
        }
    }
}
