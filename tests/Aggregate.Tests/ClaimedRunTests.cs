using Pipeline.Artifacts;
using static Pipeline.Artifacts.ClaimRelation;
using static Pipeline.Stages.Aggregate.Tests.Claims;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>Which runs and values a claim is judged by.</summary>
public sealed class ClaimedRunTests
{
    private static readonly Axis Activation = Texts("activation", "relu", "tanh");
    private static readonly Axis LearningRate = Numbers("learning_rate", 0.01, 0.1);
    private static readonly Axis Depth = Numbers("model.depth", 1, 2, 4);

    [Fact]
    public void A_diverged_run_has_the_worst_accuracy()
    {
        var row = Judge(ReluIs(Above), Tested(0.5), Tested(0.5), Tested(0.5), Diverged(), Diverged(), Diverged());

        Assert.Equal((0.5, 0.125), (row.Effect!.Value, row.P!.Value));
    }

    [Fact]
    public void Where_every_run_diverged_accuracies_are_0()
    {
        var row = Judge(ReluIs(Above), [.. Enumerable.Repeat(Diverged(), 6)]);

        Assert.Equal((0.0, 1.0, 1.0), (row.Effect!.Value, row.P!.Value, row.OppositeP!.Value));
        Assert.Equal((0, 0), (row.For, row.Against));
    }

    [Fact]
    public void A_loss_has_no_worst_value_but_the_run_that_diverged_loses()
    {
        // One seed is a tie, two are lost by tanh.
        var row = Judge(
            ReluIs(Below, "validation_loss"),
            Tested(0.5),
            Tested(0.5),
            Tested(0.5),
            Tested(0.5),
            Diverged(),
            Diverged()
        );

        Assert.Equal((ClaimTest.Sign, 2, 0, 3), (row.Test, row.For, row.Against, row.Pairs));
        Assert.Equal((0.25, 1.0), (row.P, row.OppositeP));
        Assert.Equal((null, null, null), (row.Effect, row.Low, row.EffectSize));
        Assert.Equal(ClaimVerdict.Undecided, row.Verdict);
        Assert.Equal("a sign test of 3 seeds can't decide one of 1 claims; it takes 6", row.Reason);
    }

    // Epochs 2, 3, 2, 4 against 9, 12, 10 and never within 13: mean and t interval of the logarithms, from SciPy.
    [Theory]
    [InlineData(0.5, ClaimVerdict.Holds)]
    [InlineData(0.25, ClaimVerdict.Undecided)]
    [InlineData(0.125, ClaimVerdict.Refuted)]
    public void How_many_times_as_many_epochs_is_judged_by_ratios_with_their_interval(
        double factor,
        ClaimVerdict verdict
    )
    {
        const string metric = "epochs_to(epoch_end_accuracy,0.75)";
        var plan = Plan([Activation], [], 0, 1, 2, 3) with { Fixed = Parameters.Of([new("epochs", Scalar.Of(13L))]) };
        var results = Array.ConvertAll([2, 3, 2, 4, 9, 12, 10, 14], Reaching);

        var tables = Tables(plan, [ReluIs(Below, metric) with { Factor = factor }], results);
        var row = tables.Claims[0];

        Assert.Equal(verdict, row.Verdict);
        Assert.Equal(0.23736810439041953, row.Effect!.Value, 1e-12);
        Assert.Equal(0.18590980419506709, row.Low!.Value, 1e-10);
        Assert.Equal(0.30306963759039945, row.High!.Value, 1e-10);
        Assert.Equal(ClaimTest.Paired, row.Test);

        static RunResult Reaching(int epoch) =>
            Tested(0.5) with
            {
                Curves = new(StringComparer.Ordinal)
                {
                    ["epoch_end_accuracy"] = [.. Enumerable.Range(1, 13).Select(end => end < epoch ? 0.5 : 0.75)],
                },
            };
    }

    // A share is 0 at worst; nobody knows how wide a range would have been.
    [Theory]
    [InlineData("test_quantized_accuracy(4)", 0.0)]
    [InlineData("test_folded_agreement", 0.0)]
    [InlineData("test_folded_difference", null)]
    [InlineData("test_folded_operations", null)]
    [InlineData("test_activation_range", null)]
    [InlineData("test_loss", null)]
    public void A_diverged_run_counts_as_the_worst_where_there_is_one(string metric, double? expected)
    {
        var completed = Tested(0.5);
        completed.Metrics[metric] = 0.25;
        var tables = Tables(Plan([Activation], [], 0), [], completed, Diverged());
        var column = tables.Metrics.ToList().IndexOf(metric);

        Assert.Equal([0.25, expected], Statistics.Counted(metric, column, tables.Runs.ToArray()));
    }

    [Fact]
    public void Restarts_of_a_diverged_run_count_and_are_a_column_where_a_run_may_have_some()
    {
        var plan = Plan([Activation], [], 0, 1, 2);
        RunResult[] plain = [.. Enumerable.Repeat(Tested(0.5), 3), .. Enumerable.Repeat(Diverged(), 3)];
        RunResult[] restarted =
        [
            .. plain[..3].Select(result => result with { Restarts = [] }),
            .. plain[3..].Select((result, i) => result with { Restarts = [.. Enumerable.Repeat(Restart, i + 1)] }),
        ];

        var tables = Tables(plan, [ReluIs(Below, "restarts")], restarted);

        Assert.DoesNotContain("restarts", Tables(plan, [], plain).Metrics);
        Assert.Equal(2, tables.Estimate(1, "restarts").Mean);
        Assert.Equal((-2.0, ClaimTest.Paired), (tables.Claims[0].Effect, tables.Claims[0].Test));
    }

    private static RunRestart Restart { get; } =
        new()
        {
            Epoch = 1,
            Step = 1,
            Reason = "the loss exploded",
            From = 0,
            Factor = 0.5,
        };

    [Fact]
    public void A_diverged_run_reaches_nothing_in_its_epochs()
    {
        var plan = Plan([Activation], [], 0, 1, 2) with { Fixed = Parameters.Of([new("epochs", Scalar.Of(3L))]) };
        RunResult[] results =
        [
            WithCurve(2, 1, 0.5),
            WithCurve(2, 0.5, 0.25),
            WithCurve(0.5),
            Diverged(),
            Diverged(),
            Diverged() with
            {
                Curves = WithCurve(0.1).Curves,
            },
        ];

        var tables = Tables(plan, [ReluIs(Below, "epochs_to(train_loss,0.5)")], results);

        Assert.Contains("epochs_to(train_loss,0.5)", tables.Metrics);
        Assert.Equal(
            [3.0, 2.0, 1.0, 4.0, 4.0, 4.0],
            tables.Runs.Select(run => run.Metrics[tables.Metrics.ToList().IndexOf("epochs_to(train_loss,0.5)")])
        );
        Assert.Equal((-2.0, ClaimTest.Paired), (tables.Claims[0].Effect, tables.Claims[0].Test));
        Assert.Equal(4, tables.Estimate(1, "epochs_to(train_loss,0.5)").Mean);
    }

    [Fact]
    public void What_a_diverged_run_was_probed_for_before_counts()
    {
        var row = Judge(
            ReluIs(Above, "probe(gain,first,0)"),
            WithGain(3, Tested(0.5)),
            WithGain(5, Diverged()),
            WithGain(7, Tested(0.5)),
            WithGain(1, Diverged()),
            WithGain(2, Tested(0.5)),
            WithGain(3, Tested(0.5))
        );

        Assert.Equal(3, row.Effect);
    }

    [Fact]
    public void A_probe_that_a_run_lacks_decides_nothing()
    {
        var row = Judge(
            ReluIs(Above, "probe(gain,first,0)"),
            WithGain(3, Tested(0.5)),
            Tested(0.5),
            WithGain(3, Tested(0.5)),
            WithGain(1, Tested(0.5)),
            WithGain(2, Tested(0.5)),
            WithGain(2, Tested(0.5))
        );

        Assert.Matches(@"^run [0-9a-f]{12} has no probe\(gain,first,0\)$", row.Reason);
    }

    [Fact]
    public void A_cell_stands_at_its_chosen_learning_rate()
    {
        // Validation prefers 0.01 for relu and 0.1 for tanh; test accuracies are 0.1 below validation's.
        RunResult[] results =
        [
            .. new[] { 0.9, 0.2, 0.3, 0.6 }
                .SelectMany(accuracy => Enumerable.Repeat(accuracy, 3))
                .Select(accuracy => Completed(accuracy)),
        ];

        Assert.Equal(
            0.9 - 0.6,
            Tables(Plan([Activation], [LearningRate], 0, 1, 2), [ReluIs(Above)], results).Claims[0].Effect!.Value,
            1e-15
        );
    }

    [Fact]
    public void The_best_cell_is_the_best_on_validation_for_all_seeds()
    {
        // relu is best at depth 2, tanh at 1 and 4 alike. On test data and for single seeds others are better.
        (double Validation, double Test)[] runs =
        [
            (0.5, 0.99),
            (0.9, 0.99),
            (0.9, 0.99),
            (0.8, 0.7),
            (0.8, 0.6),
            (0.8, 0.5),
            (0.1, 0.9),
            (0.1, 0.9),
            (0.1, 0.9),
            (0.6, 0.25),
            (0.7, 0.5),
            (0.65, 0.3),
            (0, 0),
            (0, 0),
            (0, 0),
            (0.7, 1),
            (0.6, 1),
            (0.65, 1),
        ];
        var plan = Plan([Activation, Depth], [], 0, 1, 2);
        RunResult[] results =
        [
            .. runs.Select(run =>
            {
                var result = Completed(run.Validation);
                result.Metrics["test_accuracy"] = run.Test;
                return result;
            }),
        ];

        var row = Tables(plan, [Claim("test_accuracy", Best("relu"), Above, Best("tanh"))], results).Claims[0];

        Assert.Equal((Scalar.Of(2L), Scalar.Of(1L)), (Assert.Single(row.BestLeft!), Assert.Single(row.BestRight!)));
        Assert.Equal(((0.7 - 0.25) + (0.6 - 0.5) + (0.5 - 0.3)) / 3, row.Effect!.Value, 1e-15);

        static CellChoice Best(string activation) => Cell(activation) with { Best = ["model.depth"] };
    }

    [Fact]
    public void A_slope_is_that_of_the_least_squares_line()
    {
        // Over depths 1, 2, 4: y = 0.1 + 0.05·x for one seed; for the next the line through 0.2, 0.4, 0.3 has slope 0.1/4.67.
        double[] accuracies = [0.15, 0.2, 0.5, 0.2, 0.4, 0.5, 0.3, 0.3, 0.5];

        var row = Tables(
            Plan([Depth], [], 0, 1, 2),
            [Claim("slope(test_accuracy,model.depth)", Everything, Above, number: 0)],
            [.. accuracies.Select(Tested)]
        ).Claims[0];

        Assert.Equal((0.05 + (0.1 / 14 * 3) + 0) / 3, row.Effect!.Value, 1e-15);
        Assert.Equal(3, row.Pairs);
    }

    /// <summary>In floating point the slope is about 4e-15, of numbers whose rounding errors are as large.</summary>
    [Fact]
    public void A_slope_that_is_0_but_for_rounding_is_a_tie()
    {
        var results = Enumerable.Range(0, 3).SelectMany(_ => new[] { 21.0, 3, 7, 21, 9, 5 }).ToArray();
        var claims = new[] { Above, Below }.Select(relation =>
            Claim("slope(validation_loss,model.depth)", Everything, relation, number: 0)
        );

        var rows = Tables(
            Plan([Depth], [], 0, 1, 2, 3, 4, 5),
            [.. claims],
            [.. results.Select(loss => Completed(0.5, loss))]
        ).Claims;

        Assert.All(rows, row => Assert.Equal((ClaimVerdict.Undecided, 0, 0), (row.Verdict, row.For, row.Against)));
    }

    [Fact]
    public void A_slope_of_logarithms_is_the_rate_of_exponential_growth()
    {
        // Every seed has the same rate, whatever it starts at.
        double[] starts = [0.5, 5, 0.7, 0.9, 3, 0.1];
        var results = new[] { 1, 0.5, 0.125 }.SelectMany(share => starts.Select(start => Tested(share * start)));
        var claim = Claim("log_slope(test_accuracy,model.depth)", Everything, Below, number: 0);

        var row = Tables(Plan([Depth], [], 0, 1, 2, 3, 4, 5), [claim], [.. results]).Claims[0];

        Assert.Equal(-Math.Log(2), row.Effect!.Value, 1e-15);
        Assert.Equal((ClaimTest.Sign, 1.0 / 64, ClaimVerdict.Holds), (row.Test, row.P, row.Verdict));
    }

    [Fact]
    public void What_has_no_logarithm_leaves_a_claim_undecided()
    {
        RunResult[] results = [Tested(0.5), Tested(5), Tested(0), Tested(2.5), Tested(0.0625), Tested(0.625)];

        var row = Tables(
            Plan([Depth], [], 0, 1),
            [Claim("log_slope(test_accuracy,model.depth)", Everything, Above, number: 0)],
            results
        ).Claims[0];

        Assert.Matches("^run [0-9a-f]{12} has test_accuracy 0, which has no logarithm$", row.Reason);
    }

    [Fact]
    public void A_slope_may_be_taken_where_the_line_is_best()
    {
        // The mean validation accuracy over depths is 0.5 for relu and 0.6 for tanh, though relu has the best cell.
        var results = new[] { 0.95, 0.45, 0.1, 0.5, 0.6, 0.7 }
            .SelectMany(accuracy => Enumerable.Repeat(Completed(accuracy), 6))
            .ToArray();
        var claim = Claim("slope(test_accuracy,model.depth)", new(Parameters.Empty, ["activation"]), Above, number: 0);

        var row = Tables(Plan([Activation, Depth], [], 0, 1, 2, 3, 4, 5), [claim], results).Claims[0];

        Assert.Equal(Scalar.Of("tanh"), Assert.Single(row.BestLeft!));
        Assert.Equal(ClaimVerdict.Holds, row.Verdict);
    }

    [Fact]
    public void A_claim_whose_cells_are_not_in_the_plan_is_not_evaluated()
    {
        var plan = Plan([Activation], [], 0, 1, 2) with { Trials = [0], Partial = true };

        var tables = Tables(plan, [ReluIs(Above), ReluIs(Above, 0.2)], Tested(0.5), Tested(0.6), Tested(0.55));

        Assert.Equal(ClaimVerdict.NotEvaluated, tables.Claims[0].Verdict);
        Assert.Equal("its cells are no part of the plan", tables.Claims[0].Reason);
        Assert.Equal(0.55, tables.Claims[1].Effect!.Value + 0.2, 1e-15);
        Assert.Equal(2 * tables.Claims[1].P, tables.Claims[1].AdjustedP);
    }

    [Theory]
    [InlineData(true, ClaimVerdict.NotEvaluated)]
    [InlineData(false, ClaimVerdict.Holds)]
    public void The_best_is_chosen_among_all_cells_of_the_study_only(bool isPart, ClaimVerdict expected)
    {
        var plan = Plan([Activation], [], 0, 1) with { Trials = [1], Whole = isPart ? [0, 1] : null };
        var claim = Claim("test_accuracy", new(Parameters.Empty, ["activation"]), Within, number: 0) with { High = 1 };

        Assert.Equal(expected, Tables(plan, [claim], Tested(0.5), Tested(0.6)).Claims[0].Verdict);
    }

    [Fact]
    public void A_slope_is_evaluated_over_all_of_its_axis_only()
    {
        var plan = Plan([Depth], [], 0, 1) with { Trials = [0, 2], Partial = true };

        var row = Tables(
            plan,
            [Claim("slope(test_accuracy,model.depth)", Everything, Above, number: 0)],
            [.. new[] { 1.0, 2, 3, 4 }.Select(Tested)]
        ).Claims[0];

        Assert.Equal(ClaimVerdict.NotEvaluated, row.Verdict);
    }

    [Fact]
    public void Tables_made_of_run_rows_alone_are_the_same()
    {
        var plan = Plan([Activation], [LearningRate], 0, 1, 2) with
        {
            Claims = [ReluIs(Above), ReluIs(Below, "validation_loss"), ReluIs(Within, 0) with { High = 1 }],
        };
        var tables = Aggregator.Aggregate(
            plan,
            [.. Enumerable.Range(0, 12).Select(i => i == 3 ? Diverged() : Completed(0.3 + (i * i % 7 / 10.0), i))]
        );

        Assert.Equal(
            ArtifactEncoding.Encode(tables),
            ArtifactEncoding.Encode(Aggregator.Tables(plan, tables.Metrics, tables.Runs))
        );
        Assert.Throws<ArgumentException>(() => Aggregator.Tables(plan, tables.Metrics, [.. tables.Runs.Skip(1)]));
    }

    private static CellChoice Everything => new(Parameters.Empty, []);

    private static RunResult WithCurve(params double[] losses) =>
        Tested(0.5) with
        {
            Curves = new(StringComparer.Ordinal) { ["train_loss"] = losses },
        };
}
