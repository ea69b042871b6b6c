using Pipeline.Artifacts;
using static Pipeline.Artifacts.ClaimRelation;
using static Pipeline.Stages.Aggregate.Tests.Claims;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class StatisticalClaimTests
{
    private static readonly double[] Low = [0.5, 0.52, 0.48, 0.51, 0.49];
    private static readonly double[] High = [0.9, 0.91, 0.93, 0.9, 0.89];

    [Fact]
    public void A_claim_holds_where_the_difference_is_clear()
    {
        // Differences 0.4, 0.39, 0.45, 0.39, 0.4: mean 0.406, s = √(0.00252/4); t = 36.17 with 4 degrees of freedom.
        var row = Judge(ReluIs(Above), High, Low);

        Assert.Equal(ClaimVerdict.Holds, row.Verdict);
        Assert.Equal(5, row.Pairs);
        Assert.Equal(0.406, row.Effect!.Value, 1e-15);
        Assert.Equal(0.406 - (2.7764451051977934 * Math.Sqrt(0.00252 / 20)), row.Low!.Value, 1e-12);
        Assert.Equal(0.406 + (2.7764451051977934 * Math.Sqrt(0.00252 / 20)), row.High!.Value, 1e-12);
        Assert.Equal(0.406 / Math.Sqrt(0.00252 / 4), row.EffectSize!.Value, 1e-10);
        Assert.InRange(row.P!.Value, 1e-6, 1e-5);
        Assert.Equal(1, row.P.Value + row.OppositeP!.Value, 1e-15);
        Assert.Equal((row.P, row.OppositeP), (row.AdjustedP, row.AdjustedOppositeP));
        Assert.Null(row.Reason);
    }

    [Fact]
    public void A_claim_is_refuted_where_the_opposite_is_clear() =>
        Assert.Equal(ClaimVerdict.Refuted, Judge(ReluIs(Below), High, Low).Verdict);

    [Fact]
    public void The_effect_size_is_of_left_minus_right_whatever_the_threshold()
    {
        var size = Judge(ReluIs(Above), High, Low).EffectSize!.Value;

        Assert.Equal(size, Judge(ReluIs(Above) with { By = 0.3 }, High, Low).EffectSize);
        Assert.Equal(size, Judge(ReluIs(Below), High, Low).EffectSize);
        Assert.Equal(-size, Judge(ReluIs(Above), Low, High).EffectSize!.Value, 1e-12);
    }

    [Fact]
    public void The_effect_size_against_a_number_is_of_the_distance_to_it() =>
        Assert.Equal((2 - 0.5) / 1, Judge(ReluIs(Above, 0.5), [1, 2, 3], [0, 0, 0]).EffectSize!.Value, 1e-14);

    [Fact]
    public void The_effect_size_of_ratios_is_that_of_their_logarithms() =>
        Assert.Equal(
            2 / 1.0,
            Judge(ReluIs(Above) with { Factor = 1 }, [2, 12, 40], [1, 3, 5]).EffectSize!.Value,
            1e-12
        );

    // Differences of 0.1 differ by rounding: a deviation of 1E-16 would make a size of 1E+15 of them.
    [Theory]
    [InlineData(null)]
    [InlineData(1.0)]
    public void Differences_that_are_equal_but_for_rounding_have_no_effect_size(double? factor)
    {
        double[] left = factor is null ? [0.9, 0.8, 0.7] : [0.9, 0.3, 0.6];
        double[] right = factor is null ? [0.8, 0.7, 0.6] : [0.3, 0.1, 0.2];
        Assert.NotEqual(left[0] - right[0], left[1] - right[1]);

        var row = Judge(ReluIs(Above) with { Factor = factor }, left, right);

        Assert.NotNull(row.P);
        Assert.Null(row.EffectSize);
    }

    [Fact]
    public void A_claim_is_undecided_where_the_runs_do_not_tell()
    {
        var row = Judge(ReluIs(Above), [0.5, 0.6, 0.7], [0.6, 0.5, 0.69]);

        Assert.Equal(ClaimVerdict.Undecided, row.Verdict);
        Assert.NotNull(row.P);
        Assert.Equal("were the difference what it seems, about 3500 seeds would decide it", row.Reason);
    }

    [Fact]
    public void Runs_of_one_seed_are_compared_with_each_other()
    {
        // The seeds differ by far more than the activations, always in the same direction.
        double[] relu = [0.2, 0.4, 0.6, 0.8];
        double[] tanh = [0.19, 0.388, 0.59, 0.788];

        Assert.Equal(ClaimVerdict.Holds, Judge(ReluIs(Above), relu, tanh).Verdict);
        Assert.Equal(ClaimVerdict.Undecided, Judge(ReluIs(Above), relu, [.. tanh.Reverse()]).Verdict);
    }

    [Theory]
    [InlineData(Above, 0.3, ClaimVerdict.Holds)]
    [InlineData(Above, 0.4, ClaimVerdict.Undecided)]
    [InlineData(Above, 0.5, ClaimVerdict.Refuted)]
    [InlineData(Below, -0.5, ClaimVerdict.Holds)]
    [InlineData(Below, -0.4, ClaimVerdict.Undecided)]
    [InlineData(Below, 0, ClaimVerdict.Refuted)]
    public void The_threshold_is_what_the_difference_must_pass(ClaimRelation relation, double by, ClaimVerdict expected)
    {
        Assert.Equal(expected, Judge(ReluIs(relation) with { By = by }, High, Low).Verdict);
        Assert.Equal(expected, Judge(Mirrored(relation) with { By = by }, Low, High).Verdict);

        static Claim Mirrored(ClaimRelation relation) => ReluIs(relation == Above ? Below : Above);
    }

    [Theory]
    [InlineData(Above, 0.8, ClaimVerdict.Holds)]
    [InlineData(Above, 0.95, ClaimVerdict.Refuted)]
    [InlineData(Below, 0.9, ClaimVerdict.Undecided)]
    [InlineData(Below, 0.95, ClaimVerdict.Holds)]
    public void A_number_may_stand_on_the_right(ClaimRelation relation, double number, ClaimVerdict expected) =>
        Assert.Equal(expected, Judge(ReluIs(relation, number), High, Low).Verdict);

    [Theory]
    [InlineData(1.9, ClaimVerdict.Holds)]
    [InlineData(2, ClaimVerdict.Undecided)]
    [InlineData(2.1, ClaimVerdict.Refuted)]
    public void A_factor_is_judged_by_ratios(double factor, ClaimVerdict expected)
    {
        // Ratios 1.99, 2.01, 1.98, 2.02 of values that lie far apart: of the differences no test could tell.
        var row = Judge(ReluIs(Above) with { Factor = factor }, [1.99, 20.1, 198, 2020], [1, 10, 100, 1000]);

        Assert.Equal(expected, row.Verdict);
        Assert.Equal(Math.Pow(1.99 * 2.01 * 1.98 * 2.02, 0.25), row.Effect!.Value, 1e-12);
        Assert.InRange(row.Effect.Value, row.Low!.Value, row.High!.Value);
    }

    [Fact]
    public void Below_a_twentieth_is_above_twenty_times_with_sides_exchanged()
    {
        double[] small = [0.001, 0.003, 0.002];
        double[] large = [0.1, 0.2, 0.3];

        var below = Judge(ReluIs(Below) with { Factor = 1.0 / 20 }, small, large);
        var above = Judge(ReluIs(Above) with { Factor = 20 }, large, small);

        Assert.Equal(above.P!.Value, below.P!.Value, 1e-14);
        Assert.Equal(1 / above.Effect!.Value, below.Effect!.Value, 1e-14);
    }

    [Fact]
    public void A_factor_of_a_number_is_judged_by_ratios_too() =>
        Assert.Equal(
            ClaimVerdict.Holds,
            Judge(ReluIs(Above, 100) with { Factor = 9 }, [990, 1000, 1010], [1, 1, 1]).Verdict
        );

    [Fact]
    public void What_has_no_ratio_leaves_a_claim_undecided()
    {
        var row = Judge(ReluIs(Above) with { Factor = 2 }, [0.5, 0.5, 0.5], [0.1, 0, 0.1]);

        Assert.Equal(ClaimVerdict.Undecided, row.Verdict);
        Assert.Matches("^the seed of run [0-9a-f]{12} has test_accuracy 0, which takes part in no ratio$", row.Reason);
        Assert.Null(row.P);
        Assert.Equal(0, row.Pairs);
    }

    [Fact]
    public void A_ratio_whose_interval_no_number_holds_has_no_end_there()
    {
        var row = Judge(ReluIs(Above) with { Factor = 2 }, [1e-300, 1, 1e300], [1, 1, 1]);

        Assert.Equal(1, row.Effect!.Value, 1e-12);
        Assert.Null(row.High);
        Assert.Equal(0, row.Low);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fewer_than_three_seeds_decide_nothing(int seeds)
    {
        var row = Judge(ReluIs(Above), [.. new[] { 0.9, 0.8 }.Take(seeds)], [.. new[] { 0.1, 0.1 }.Take(seeds)]);

        Assert.Equal(ClaimVerdict.Undecided, row.Verdict);
        Assert.Equal("fewer than 3 seeds decide nothing", row.Reason);
        Assert.Equal((0, ClaimTest.None), (row.Pairs, row.Test));
        Assert.Null(row.P);
        Assert.Null(row.EffectSize);
    }

    [Fact]
    public void Three_seeds_can_decide()
    {
        // Differences 0.4, 0.39, 0.41: t = 0.4/(0.01/√3) = 69.28, P(T₂ ≥ t) = ½ − t/(2√(2 + t²)) = 1.0413e-4.
        var row = Judge(ReluIs(Above), [0.9, 0.89, 0.91], [0.5, 0.5, 0.5]);

        Assert.Equal((ClaimVerdict.Holds, 3, ClaimTest.Paired), (row.Verdict, row.Pairs, row.Test));
        Assert.Equal(1.0413e-4, row.P!.Value, 1e-8);
        Assert.Equal((0.01 / Math.Sqrt(3), 2), (row.StandardError!.Value, row.DegreesOfFreedom!.Value), Near);
    }

    // Six seeds of the same difference are the fewest that decide: p = 2⁻⁶ is below 2.5 %, 2⁻⁵ isn't.
    [Theory]
    [InlineData(0.25, 1.0 / 64, 1, ClaimVerdict.Holds)]
    [InlineData(0.5, 1, 1, ClaimVerdict.Undecided)]
    [InlineData(0.75, 1, 1.0 / 64, ClaimVerdict.Refuted)]
    public void Equal_differences_lie_beyond_at_or_before_the_threshold(
        double by,
        double p,
        double oppositeP,
        ClaimVerdict expected
    )
    {
        double[] left = [0.75, 1, 0.5, 0.625, 0.875, 1];

        var row = Judge(ReluIs(Above) with { By = by }, left, [.. left.Select(accuracy => accuracy - 0.5)]);

        Assert.Equal(expected, row.Verdict);
        Assert.Equal((p, oppositeP, ClaimTest.Sign), (row.P, row.OppositeP, row.Test));
        Assert.Equal((0.5, null, null), (row.Effect, row.Low, row.Confidence));
    }

    [Fact]
    public void Five_seeds_of_the_same_difference_decide_nothing()
    {
        double[] left = [0.75, 1, 0.5, 0.625, 0.875];

        var row = Judge(ReluIs(Above), left, [.. left.Select(accuracy => accuracy - 0.5)]);

        Assert.Equal((ClaimVerdict.Undecided, 1.0 / 32), (row.Verdict, row.P));
        Assert.Equal("a sign test of 5 seeds can't decide one of 1 claims; it takes 6", row.Reason);
    }

    [Fact]
    public void A_difference_that_misses_its_threshold_by_rounding_lies_at_it()
    {
        Assert.NotEqual(0.1, 0.9 - 0.8);

        var row = Judge(ReluIs(Above) with { By = 0.1 }, [0.9, 0.9, 0.9], [0.8, 0.8, 0.8]);

        Assert.Equal((1.0, 1.0), (row.P, row.OppositeP));
        Assert.Equal((0, 0), (row.For, row.Against));
    }

    [Fact]
    public void A_ratio_of_1_but_for_rounding_is_one_however_small_its_logarithm()
    {
        double[] left = [.. Enumerable.Repeat(Math.BitIncrement(1), 3)];

        var row = Judge(ReluIs(Above) with { Factor = 1 }, left, [1, 1, 1]);

        Assert.Equal((1.0, 1.0), (row.P, row.OppositeP));
    }

    [Theory]
    [InlineData(1, 5, 1, 6)]
    [InlineData(3, 5, 1, 7)]
    [InlineData(3, 5, 4, 9)]
    [InlineData(1, 5, 4, 8)]
    public void So_many_seeds_does_a_sign_test_take(int claims, int seeds, int looks, int needed)
    {
        // Of 2.5 % by claims and looks: 2⁻⁶, 2⁻⁷, 2⁻⁹ and 2⁻⁸ are the first below.
        var plan = Studies.Plan([Studies.Texts("activation", "relu", "tanh")], [], [.. Enumerable.Range(0, seeds)]) with
        {
            Seeds = [.. Enumerable.Range(0, seeds << (looks - 1))],
            AtLeast = seeds,
        };
        var reason = $"a sign test of {seeds} seeds can't decide one of {claims} claims; it takes {needed}";
        double[] accuracies = [.. Enumerable.Repeat(0.75, seeds), .. Enumerable.Repeat(0.5, seeds)];

        var rows = Tables(plan, [.. Enumerable.Repeat(ReluIs(Above), claims)], [.. accuracies.Select(Tested)]).Claims;

        Assert.All(rows, row => Assert.Equal(reason, row.Reason));
    }

    [Fact]
    public void A_sign_test_is_told_what_its_own_step_of_Holm_takes()
    {
        // The first claim is decided by t, so that 0.025 is left for the second, which six seeds may decide: one run diverged.
        var plan = Studies.Plan([Studies.Texts("activation", "relu", "tanh", "elu")], [], 0, 1, 2, 3, 4, 5);
        Claim[] claims =
        [
            Claim("validation_loss", Cell("relu"), Below, Cell("tanh")),
            Claim("validation_loss", Cell("elu"), Below, Cell("tanh")),
        ];
        RunResult[] results =
        [
            .. new[] { 0.1, 0.11, 0.12, 0.1, 0.11, 0.12 }.Select(loss => Studies.Completed(0.5, loss)),
            .. Enumerable.Repeat(Studies.Completed(0.5, 0.5), 6),
            .. Enumerable.Repeat(Studies.Completed(0.5, 0.4), 5),
            Studies.Diverged(),
        ];

        var rows = Tables(plan, claims, results).Claims;

        Assert.Equal(ClaimVerdict.Holds, rows[0].Verdict);
        Assert.Equal((ClaimVerdict.Undecided, null), (rows[1].Verdict, rows[1].Reason));
    }

    [Fact]
    public void Claims_are_adjusted_for_each_other()
    {
        // Alone the claim has a p just below 0.05.
        double[] relu = [0.51, 0.53, 0.5, 0.56];
        double[] tanh = [0.5, 0.5, 0.5, 0.5];
        var alone = Judge(ReluIs(Above), relu, tanh);
        var plan = Studies.Plan([Studies.Texts("activation", "relu", "tanh")], [], 0, 1, 2, 3);

        var tables = Tables(
            plan,
            [ReluIs(Above), ReluIs(Within, 0) with { High = 1 }, ReluIs(Above)],
            [.. relu.Concat(tanh).Select(Tested)]
        );

        Assert.InRange(alone.P!.Value, 0.025, 0.0999);
        Assert.Equal(2 * alone.P.Value, tables.Claims[0].AdjustedP);
        Assert.Equal(2 * alone.P.Value, tables.Claims[2].AdjustedP);
        Assert.Null(tables.Claims[1].AdjustedP);
    }

    [Fact]
    public void A_claim_that_can_not_be_tested_counts_among_the_others_all_the_same()
    {
        var plan = Studies.Plan([Studies.Texts("activation", "relu", "tanh")], [], 0, 1, 2);
        var claims = new[] { ReluIs(Above), ReluIs(Above, "test_macro_f1") };

        var tables = Tables(plan, claims, [.. new[] { 0.9, 0.91, 0.92, 0.5, 0.53, 0.49 }.Select(Tested)]);

        Assert.Equal(2 * tables.Claims[0].P, tables.Claims[0].AdjustedP);
        Assert.Equal(ClaimVerdict.Undecided, tables.Claims[1].Verdict);
        Assert.Matches("^run [0-9a-f]{12} has no test_macro_f1$", tables.Claims[1].Reason);
    }

    private static bool Near((double, double) x, (double, double) y) =>
        Math.Abs(x.Item1 - y.Item1) < 1e-12 && Math.Abs(x.Item2 - y.Item2) < 1e-12;
}
