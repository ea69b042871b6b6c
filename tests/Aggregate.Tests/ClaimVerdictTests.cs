using Pipeline.Artifacts;
using static Pipeline.Artifacts.ClaimRelation;
using static Pipeline.Stages.Aggregate.Tests.Claims;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>Verdicts on claims about accuracies whose test rows are known, beside their intervals, and on runs that diverged.</summary>
public sealed class ClaimVerdictTests
{
    private static readonly Axis Activation = Texts("activation", "relu", "tanh");

    [Fact]
    public void A_claim_is_decided_exactly_when_its_threshold_lies_outside_its_interval()
    {
        var random = new Random(12);
        var verdicts = new Dictionary<ClaimVerdict, int>();
        for (var study = 0; study < 150; study++)
        {
            // Several claims about one difference, by different thresholds, some of ratios; one or three looks.
            var seeds = random.Next(3, 9);
            var plan = Plan([Activation], [], [.. Enumerable.Range(0, seeds)]) with
            {
                AtLeast = study % 3 == 0 ? seeds : null,
                Seeds = [.. Enumerable.Range(0, study % 3 == 0 ? 4 * seeds : seeds)],
            };
            Claim[] claims =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 7))
                    .Select(i =>
                        ReluIs(i % 2 == 0 ? Above : Below) with
                        {
                            By = i % 3 == 0 ? 0 : (random.NextDouble() - 0.5) / 2,
                            Factor = i % 3 == 0 ? 0.5 + random.NextDouble() : null,
                        }
                    ),
            ];
            RunResult[] results =
            [
                .. new[] { 0, random.NextDouble() / 3 }.SelectMany(worse =>
                    TestRows
                        .Random(random, seeds, 60)
                        .Select(rows => Array.ConvertAll(rows, isRight => isRight && random.NextDouble() > worse))
                        .Select(rows => TestRows.Result(rows, TestRows.Labels(30, 20, 10)))
                ),
            ];

            foreach (var (claim, row) in claims.Zip(Tables(plan, claims, results).Claims))
            {
                var threshold =
                    claim.Factor is { } factor ? factor
                    : claim.Relation == Above ? claim.By
                    : -claim.By;
                var expected =
                    threshold < row.Low == threshold > row.High ? ClaimVerdict.Undecided
                    : threshold < row.Low == (claim.Relation == Above) ? ClaimVerdict.Holds
                    : ClaimVerdict.Refuted;
                Assert.Equal(expected, row.Verdict);
                Assert.InRange(row.Confidence!.Value, 0.95, 1);
                Assert.InRange(row.Effect!.Value, row.Low!.Value, row.High!.Value);
                verdicts[row.Verdict] = verdicts.GetValueOrDefault(row.Verdict) + 1;
            }
        }
        Assert.All(verdicts.Values, count => Assert.True(count > 20));
        Assert.Equal(3, verdicts.Count);
    }

    [Fact]
    public void Intervals_widen_with_the_number_of_claims_and_of_looks()
    {
        // Of differences 0.1, 0, 0.05, −0.02 nothing is told: every claim stays at the first step of Holm.
        double[] relu = [0.6, 0.5, 0.55, 0.48];
        var plan = Plan([Activation], [], 0, 1, 2, 3);
        RunResult[] results = [.. relu.Concat(Enumerable.Repeat(0.5, 4)).Select(Tested)];

        Assert.Equal(0.95, Confidence(plan, 1), 1e-15);
        Assert.Equal(1 - (0.05 / 5), Confidence(plan, 5), 1e-15);
        var inRounds = plan with { Seeds = [.. Enumerable.Range(0, 16)], AtLeast = 4 };
        Assert.Equal(1 - (0.05 / 5 / 3), Confidence(inRounds, 5), 1e-15);

        double Confidence(Plan of, int claims)
        {
            var rows = Tables(of, [.. Enumerable.Repeat(ReluIs(Above), claims)], results).Claims;
            return Assert.Single(rows.Select(row => row.Confidence!.Value).Distinct());
        }
    }

    [Fact]
    public void A_decided_claim_has_the_interval_of_its_step_and_the_next_one_that_of_what_is_left()
    {
        // Differences of 0.4 are told at the first of three steps, those of 0.04 at no one: two are left.
        double[] high = [0.9, 0.91, 0.93, 0.9, 0.89];
        var plan = Plan([Activation], [], 0, 1, 2, 3, 4);

        var rows = Tables(
            plan,
            [ReluIs(Above) with { By = 0.4 }, ReluIs(Above) with { By = 0.1 }, ReluIs(Above) with { By = 0.41 }],
            [.. high.Concat([0.5, 0.52, 0.48, 0.51, 0.49]).Select(Tested)]
        ).Claims;

        Assert.Equal(
            [ClaimVerdict.Undecided, ClaimVerdict.Holds, ClaimVerdict.Undecided],
            rows.Select(row => row.Verdict)
        );
        Assert.Equal(1 - (0.05 / 3), rows[1].Confidence!.Value, 1e-15);
        Assert.Equal(1 - (0.05 / 3), rows[2].Confidence!.Value, 1e-15);
    }

    [Fact]
    public void A_loss_is_lost_by_the_side_that_diverged()
    {
        RunResult[] results = [.. Enumerable.Repeat(Tested(0.5), 6), .. Enumerable.Repeat(Diverged(), 6)];

        Assert.Equal(ClaimVerdict.Holds, Judge(ReluIs(Below, "validation_loss"), results).Verdict);
        Assert.Equal(ClaimVerdict.Refuted, Judge(ReluIs(Above, "validation_loss"), results).Verdict);
        Assert.Equal(ClaimVerdict.Refuted, Judge(ReluIs(Below, "validation_loss"), [.. results.Reverse()]).Verdict);
        Assert.Equal(
            (ClaimVerdict.Undecided, 1.0 / 32),
            (
                Judge(ReluIs(Below, "validation_loss"), [.. results.Skip(1).SkipLast(1)]).Verdict,
                Judge(ReluIs(Below, "validation_loss"), [.. results.Skip(1).SkipLast(1)]).P
            )
        );
    }

    [Fact]
    public void Seeds_without_a_run_that_diverged_make_no_effect_of_their_own()
    {
        double[] losses = [1, 2, 3, 3, 5];

        var row = Judge(ReluIs(Below, "validation_loss"), [.. losses.Select(loss => Completed(0.5, loss)), Diverged()]);

        Assert.Equal((3, null, null), (row.For, row.Effect, row.EffectSize));
    }

    [Fact]
    public void Two_sides_that_diverged_are_a_tie()
    {
        var row = Judge(ReluIs(Below, "validation_loss"), [.. Enumerable.Repeat(Diverged(), 12)]);

        // A metric that no run has at all is none of a diverged run's either, and no seed differs.
        Assert.Equal((ClaimVerdict.Undecided, 0, 0), (row.Verdict, row.For ?? 0, row.Against ?? 0));
    }

    [Theory]
    [InlineData(Above)]
    [InlineData(Below)]
    public void No_claim_about_a_probe_holds_for_want_of_values(ClaimRelation relation)
    {
        // Of the four seeds one is lost by the left, which counts against the claim, three by the right.
        var row = Judge(
            ReluIs(relation, "probe(gain,first,0)"),
            Diverged(),
            WithGain(3, Tested(0.5)),
            WithGain(3, Tested(0.5)),
            WithGain(3, Tested(0.5)),
            WithGain(3, Tested(0.5)),
            Diverged(),
            Diverged(),
            Diverged()
        );

        Assert.Equal((ClaimTest.Sign, 0, 1), (row.Test, row.For, row.Against));
    }

    [Theory]
    [InlineData(Above, 8, 0)]
    [InlineData(Below, 0, 8)]
    public void A_run_that_went_well_says_nothing_of_what_comes_before_a_divergence(
        ClaimRelation relation,
        int expectedFor,
        int expectedAgainst
    )
    {
        double[] quiet = [1, 1, 1, 1];
        RunResult[] results = [.. Enumerable.Repeat(Curves([1, 2, 4, 9], [1, 1, 3, 9]), 8), Curves(quiet, quiet)];
        var claim = ReluIs(relation, 0, "lead(activation_norm,train_loss,2)");

        var row = Judge(claim, [.. results, .. results]);

        Assert.Equal((ClaimTest.Sign, 9), (row.Test, row.Pairs));
        Assert.Equal((expectedFor, expectedAgainst), (row.For, row.Against));
        Assert.Equal(relation == Above ? ClaimVerdict.Holds : ClaimVerdict.Refuted, row.Verdict);

        static RunResult Curves(double[] norm, double[] loss) =>
            Completed(0.5) with
            {
                Curves = new(StringComparer.Ordinal) { ["activation_norm"] = norm, ["train_loss"] = loss },
            };
    }

    [Fact]
    public void A_ratio_is_lost_by_the_side_that_diverged()
    {
        RunResult[] results = [.. Enumerable.Repeat(Tested(0.5), 6), .. Enumerable.Repeat(Diverged(), 6)];

        var (loss, accuracy) = (
            Judge(ReluIs(Below, "validation_loss") with { Factor = 0.5 }, results),
            Judge(ReluIs(Above) with { Factor = 2 }, results)
        );

        Assert.Equal((ClaimVerdict.Holds, 1.0 / 64, 6), (loss.Verdict, loss.P, loss.For));
        Assert.Equal((ClaimVerdict.Holds, 1.0 / 64, 6), (accuracy.Verdict, accuracy.P, accuracy.For));
    }

    [Fact]
    public void A_run_that_diverged_lies_within_no_bounds_of_a_loss()
    {
        var claim = ReluIs(Within, 0, "validation_loss") with { High = 1e9 };

        var row = Judge(claim, Tested(0.5), Diverged(), Tested(0.5), Tested(0.5), Tested(0.5), Tested(0.5));

        Assert.Equal((ClaimVerdict.Refuted, null), (row.Verdict, row.Effect));
    }

    /// <summary>40 rows of which five make all the difference: they are too few to tell, and no seed changes them.</summary>
    [Fact]
    public void Rounds_end_where_test_rows_alone_keep_a_claim_undecided()
    {
        var labels = TestRows.Labels(40);
        var plan = Plan([Activation], [], [.. Enumerable.Range(0, 40)]) with { AtLeast = 5, Claims = [ReluIs(Above)] };

        var (limited, open) = (Results(0, 0, 2), Results(0, 7, 4));

        var row = Aggregator.Aggregate(plan, limited).Claims[0];
        Assert.Equal((ClaimVerdict.Undecided, true), (row.Verdict, row.IsLimitedByRows));
        Assert.Equal("the test split has too few rows to tell, however many seeds there are", row.Reason);
        Assert.Null(Aggregator.WithMoreSeeds(plan, limited));
        Assert.False(Aggregator.Aggregate(plan, open).Claims[0].IsLimitedByRows);
        Assert.NotNull(Aggregator.WithMoreSeeds(plan, open));

        // Relu is right in every row but one; tanh errs in the same rows with each seed, or in other rows with each.
        RunResult[] Results(int relu, int step, int wrong) =>
            [
                .. plan.Runs()
                    .Select(run =>
                        Enumerable
                            .Range(0, 40)
                            .Select(row => run.Trial == 0 ? row != relu : Moved(row, run.Seed * step) > wrong)
                            .ToArray()
                    )
                    .Select(rows => TestRows.Result(rows, labels)),
            ];

        static int Moved(int row, int by) => (row + 40 - (by % 40)) % 40;
    }

    /// <summary>90 of 90 images with every seed: no seed tells how many of others it would be.</summary>
    [Fact]
    public void The_interval_of_runs_that_are_right_in_every_row_is_the_exact_one()
    {
        var right = TestRows.Result([.. Enumerable.Repeat(true, 90)], TestRows.Labels(45, 45));

        var estimate = Aggregator.Aggregate(Plan([], [], 0, 1, 2), [right, right, right]).Estimate(0, "test_accuracy");

        // Clopper and Pearson: p⁹⁰ = 0.025.
        Assert.Equal(1, estimate.Mean);
        Assert.Equal(Math.Pow(0.025, 1 / 90.0), estimate.Low!.Value, 1e-12);
        Assert.Equal(1, estimate.High!.Value, 1e-12);
    }
}
