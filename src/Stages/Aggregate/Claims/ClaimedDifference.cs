using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate.Claims;

/// <summary>
/// The difference that a statistical claim is about, tested against its threshold; on a log scale
/// where the claim has a factor.
/// </summary>
/// <param name="Comparison">The test.</param>
/// <param name="Threshold">The threshold of left − right.</param>
/// <param name="IsRatio">Whether the difference is of logarithms.</param>
/// <param name="EffectSize">As <see cref="ClaimRow.EffectSize"/>.</param>
internal sealed record ClaimedDifference(Comparison Comparison, double Threshold, bool IsRatio, double? EffectSize)
{
    /// <summary>As <see cref="ClaimRow.Effect"/>.</summary>
    public double? Effect => Scaled(Comparison.Mean);

    /// <summary>Why there is no ratio to be compared, or null where there is; a diverged run's pair is lost instead.</summary>
    public static string? NoRatio(Claim claim, ClaimSide left, ClaimSide? right) =>
        claim.Factor is null ? null
        : right is null && claim.Number <= 0 ? $"{CanonicalJson.Number(claim.Number!.Value)} takes part in no ratio"
        : NoRatio(claim, left) ?? (right is null ? null : NoRatio(claim, right));

    /// <summary>Tests a claim; <see cref="NoRatio(Claim, ClaimSide, ClaimSide?)"/> has found nothing.</summary>
    public static ClaimedDifference Of(ClaimMetric metric, Claim claim, ClaimSide left, ClaimSide? right)
    {
        var isRatio = claim.Factor is not null;
        var n = left.Values.Length;
        var x = Values(left, isRatio);
        var y = right is null
            ? [.. Enumerable.Repeat((double?)(isRatio ? Float64.Log(claim.Number!.Value) : claim.Number!.Value), n)]
            : Values(right, isRatio);
        var threshold =
            claim.Factor is { } factor ? Float64.Log(factor)
            : claim.Relation == ClaimRelation.Above ? claim.By
            : -claim.By;
        double?[] differences = [.. x.Zip(y, (a, b) => a - b)];
        double[] sides = [.. x.Zip(y, (a, b) => Math.Abs(a ?? 0) + Math.Abs(b ?? 0))];
        // A logarithm is rounded by as much as 1 is, however near to 0 it lies, a slope by as much as what it is made of.
        var scale = isRatio
            ? sides.Max() + 1
            : sides.Select((side, i) => Math.Max(side, left.Magnitudes[i] + (right?.Magnitudes[i] ?? 0))).Max();
        var sample = new PairedSample(
            differences,
            [.. x.Zip(y, (a, b) => Lost(metric, claim, a is null, b is null))],
            [.. Terms(left, isRatio), .. right is null ? [] : Terms(right, isRatio).Select(term => term.Negated())],
            scale
        );
        double[] found = [.. differences.OfType<double>()];
        return new(
            Comparison.Of(sample, threshold),
            threshold,
            isRatio,
            found.Length == n ? Statistics.Standardized(found, sample.Tolerance) : null
        );
    }

    /// <summary>The effect's interval, in units of the effect; a ratio's end beyond the largest number is null.</summary>
    public (double? Low, double? High) Interval(double side) =>
        Comparison.Interval(side) is { } interval ? (Scaled(interval.Low), Scaled(interval.High)) : (null, null);

    /// <summary>
    /// Where a difference lies of which a side diverged without a value: such a side is above any loss or norm, below any share. Of what a
    /// probe measured, or a range, no direction is the worse one: there the left lies where the claim doesn't want it, and the right
    /// makes a tie, so that no claim holds for want of values. Without the rise that a lead is about, neither speaks for anything.
    /// </summary>
    private static int Lost(ClaimMetric metric, Claim claim, bool isLeft, bool isRight)
    {
        var more = (isLeft ? 1 : 0) - (isRight ? 1 : 0);
        return (metric.Axis, metric.Run) switch
        {
            (_, Lead) => 0,
            (null, PlainMetric { IsShare: true }) => -more,
            (null, PlainMetric plain)
                when plain.Name == ParameterUse.ActivationNorm
                    || plain.Name.EndsWith("_loss", StringComparison.Ordinal) => more,
            _ when !isLeft || isRight => 0,
            _ => claim.Relation == ClaimRelation.Above ? -1 : 1,
        };
    }

    private static double?[] Values(ClaimSide side, bool isRatio) =>
        isRatio
            ? Array.ConvertAll(side.Values, value => value is > 0 and var number ? Float64.Log(number) : (double?)null)
            : side.Values;

    private static IEnumerable<RowTerm> Terms(ClaimSide side, bool isRatio)
    {
        double[] values = [.. side.Values.Select(value => value is > 0 and var number ? number : 1)];
        return isRatio ? side.Terms.Select(term => term.OfLogarithm(values)) : side.Terms;
    }

    private static string? NoRatio(Claim claim, ClaimSide side)
    {
        var i = side
            .Values.Zip(side.Runs)
            .ToList()
            .FindIndex(pair => pair.First <= 0 && pair.Second.Outcome != RunOutcome.Diverged);
        return i < 0
            ? null
            : $"the seed of run {side.Runs[i].Run} has {claim.Metric} {CanonicalJson.Number(side.Values[i]!.Value)}, "
                + "which takes part in no ratio";
    }

    private double? Scaled(double? value)
    {
        if (!IsRatio || value is not { } logarithm)
            return value;
        var ratio = Float64.Exp(logarithm);
        return double.IsFinite(ratio) ? ratio : null;
    }
}
