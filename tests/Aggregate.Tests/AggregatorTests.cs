using FsCheck;
using FsCheck.Fluent;
using Pipeline.Artifacts;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class AggregatorTests
{
    private static readonly Axis Activation = Texts("activation", "relu", "tanh");
    private static readonly Axis LearningRate = Numbers("learning_rate", 0.01, 0.1);

    [Fact]
    public void Runs_stand_in_the_order_of_the_plan_with_their_values()
    {
        var plan = Plan([Activation], [LearningRate], 1, 2);
        var tables = Aggregator.Aggregate(plan, [.. plan.Runs().Select(run => Completed(run.Trial / 8.0, run.Seed))]);

        Assert.Equal(plan.Runs().Select(run => run.Id), tables.Runs.Select(run => run.Run));
        var row = tables.Runs[5];
        Assert.Equal([Scalar.Of("tanh"), Scalar.Of(0.01)], row.Values);
        Assert.Equal(2, row.Seed);
        Assert.Equal(RunOutcome.Completed, row.Outcome);
        Assert.Equal(["test_accuracy", "validation_accuracy", "validation_loss"], tables.Metrics);
        Assert.Equal([0.25 - 0.1, 0.25, 2], row.Metrics);
    }

    [Fact]
    public void Cells_stand_in_the_order_of_the_plan_at_their_chosen_values()
    {
        var plan = Plan([Activation], [LearningRate], 1);
        var tables = Aggregator.Aggregate(plan, [Completed(0.9), Completed(0.8), Completed(0.5), Completed(0.6)]);

        Assert.Equal(
            [
                [Scalar.Of("relu")],
                [Scalar.Of("tanh")],
            ],
            tables.Cells.Select(cell => cell.Values)
        );
        Assert.Equal(
            [
                [Scalar.Of(0.01)],
                [Scalar.Of(0.1)],
            ],
            tables.Cells.Select(cell => cell.Chosen)
        );
        Assert.Equal([0.9, 0.6], tables.Cells.Select((_, i) => tables.Estimate(i, "validation_accuracy").Mean));
        Assert.Equal([0.9 - 0.1, 0.6 - 0.1], tables.Cells.Select((_, i) => tables.Estimate(i, "test_accuracy").Mean));
    }

    [Fact]
    public void Which_test_rows_were_right_stays_with_the_chosen_trial_alone()
    {
        var plan = Plan([Activation], [LearningRate], 1);
        double[] accuracies = [0.9, 0.8, 0.5, 0.6];
        var correct = CorrectRows.Write([true, false, true, true], [0, 0, 1, 1]);
        var tables = Aggregator.Aggregate(
            plan,
            [.. accuracies.Select(accuracy => Completed(accuracy) with { Correct = correct })]
        );

        Assert.Equal([correct, null, null, correct], tables.Runs.Select(run => run.Correct));
    }

    [Fact]
    public void How_often_runs_restarted_is_a_metric_where_they_may()
    {
        var plan = Plan([Activation], [], 1);
        var tables = Aggregator.Aggregate(plan, [Completed(0.9) with { Restarts = [] }, Completed(0.8)]);

        Assert.Contains(PlainMetric.Restarts, tables.Metrics);
        Assert.DoesNotContain(
            PlainMetric.Restarts,
            Aggregator.Aggregate(plan, [Completed(0.9), Completed(0.8)]).Metrics
        );
    }

    [Fact]
    public void Trials_that_are_no_part_of_the_plan_are_left_out()
    {
        var plan = Plan([Activation], [LearningRate], 1) with { Trials = [1, 2] };
        var tables = Aggregator.Aggregate(plan, [Completed(0.9), Completed(0.8)]);

        Assert.Equal(
            [
                [Scalar.Of(0.1)],
                [Scalar.Of(0.01)],
            ],
            tables.Cells.Select(cell => cell.Chosen)
        );
    }

    [Fact]
    public void The_tables_hold_the_plan_without_its_trials()
    {
        var plan = Plan([Activation], [], 1);
        var tables = Aggregator.Aggregate(plan, [Completed(1), Completed(1)]);

        Assert.Empty(tables.Plan.Trials);
        Assert.Equal(plan with { Trials = tables.Plan.Trials }, tables.Plan);
    }

    [Fact]
    public void Without_a_scientific_axis_there_is_one_cell()
    {
        var tables = Aggregator.Aggregate(Plan([], [], 1, 2, 3), [Completed(0.5), Completed(0.5), Completed(0.5)]);

        var cell = Assert.Single(tables.Cells);
        Assert.Empty(cell.Values);
        Assert.Empty(cell.Chosen);
        Assert.Empty(cell.AtEdge);
        Assert.Equal(3, cell.Runs);
    }

    [Fact]
    public void Without_trials_there_are_no_rows()
    {
        var tables = Aggregator.Aggregate(Plan([Activation], [], 1) with { Trials = [] }, []);

        Assert.Empty(tables.Runs);
        Assert.Empty(tables.Cells);
        Assert.Empty(tables.Metrics);
    }

    [Theory]
    [InlineData(new[] { 0.01, 0.1, 1.0 }, 0, true)]
    [InlineData(new[] { 0.01, 0.1, 1.0 }, 1, false)]
    [InlineData(new[] { 0.01, 0.1, 1.0 }, 2, true)]
    [InlineData(new[] { 0.1, 1.0, 0.01 }, 0, false)]
    [InlineData(new[] { 0.1, 1.0, 0.01 }, 1, true)]
    [InlineData(new[] { 0.1, 1.0 }, 1, false)]
    public void The_smallest_and_the_largest_of_three_numbers_are_the_edges(double[] values, int best, bool expected)
    {
        var plan = Plan([], [Numbers("learning_rate", values)], 1);
        var tables = Aggregator.Aggregate(plan, [.. values.Select((_, i) => Completed(i == best ? 0.9 : 0.1))]);

        Assert.Equal([expected], tables.Cells[0].AtEdge);
    }

    [Fact]
    public void Texts_have_no_edge()
    {
        var tables = Aggregator.Aggregate(
            Plan([], [Texts("schedule", "constant", "cosine", "linear")], 1),
            [Completed(0.9), Completed(0.1), Completed(0.1)]
        );

        Assert.Equal([false], tables.Cells[0].AtEdge);
    }

    [Fact]
    public void A_diverged_run_keeps_its_steps_and_has_no_metrics()
    {
        var tables = Aggregator.Aggregate(Plan([], [], 1, 2), [Completed(0.8), Diverged(steps: 17)]);

        Assert.Equal(RunOutcome.Diverged, tables.Runs[1].Outcome);
        Assert.Equal([420, 17], tables.Runs.Select(run => run.Steps));
        Assert.Equal([null, null, null], tables.Runs[1].Metrics);
    }

    [Fact]
    public void A_metric_that_is_not_finite_is_none()
    {
        var tables = Aggregator.Aggregate(Plan([], [], 1), [Completed(0.8, double.PositiveInfinity)]);

        Assert.Equal(new(null, null, null), tables.Estimate(0, "validation_loss"));
    }

    [Fact]
    public void A_failed_run_is_refused_by_name()
    {
        var plan = Plan([], [], 1);
        var failed = Diverged() with { Outcome = RunOutcome.Failed, Reason = "out of memory" };

        var exception = Assert.Throws<InvalidOperationException>(() => Aggregator.Aggregate(plan, [failed]));

        Assert.Equal(
            $"Run {plan.Runs().Single().Id} of 'study' failed (out of memory); run it again before its study is aggregated.",
            exception.Message
        );
    }

    [Fact]
    public void Results_that_do_not_match_the_plan_are_refused() =>
        Assert.Throws<ArgumentException>(() => Aggregator.Aggregate(Plan([], [], 1, 2), [Completed(1)]));

    [Fact]
    public void The_order_of_an_axis_changes_the_order_of_cells_only()
    {
        var accuracies = ArbMap.Default.GeneratorFor<byte>().ArrayOf(12);
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Arb.From(accuracies),
                bytes =>
                {
                    // Distinct accuracies: equals are told apart by the order of the plan.
                    StudyTables Tables(params string[] activations)
                    {
                        var plan = Plan([Texts("activation", activations)], [LearningRate], 1, 2);
                        return Aggregator.Aggregate(
                            plan,
                            [
                                .. plan.Runs()
                                    .Select(run =>
                                    {
                                        var place =
                                            (
                                                (
                                                    run.Spec.Text("activation") == "relu" ? 0
                                                    : run.Spec.Text("activation") == "tanh" ? 1
                                                    : 2
                                                ) * 4
                                            )
                                            + (run.Spec.Number("learning_rate") == 0.1 ? 2 : 0)
                                            + run.Seed
                                            - 1;
                                        return bytes[place] < 20
                                            ? Diverged()
                                            : Completed((bytes[place] / 255.0) + (place * place * 1e-6));
                                    }),
                            ]
                        );
                    }

                    var forwards = Tables("relu", "tanh", "gelu");
                    var backwards = Tables("gelu", "tanh", "relu");

                    Assert.Equal(forwards.Metrics, backwards.Metrics);
                    Assert.All(
                        forwards.Cells.Zip(backwards.Cells.Reverse()),
                        pair =>
                        {
                            Assert.Equal(pair.First.Values, pair.Second.Values);
                            Assert.Equal(pair.First.Chosen, pair.Second.Chosen);
                            Assert.Equal(pair.First.Diverged, pair.Second.Diverged);
                            Assert.Equal(pair.First.Metrics, pair.Second.Metrics);
                        }
                    );
                }
            )
        );
    }

    [Fact]
    public void The_tables_survive_their_encoding()
    {
        var tables = Aggregator.Aggregate(
            Plan([Activation], [LearningRate], 1, 2),
            [.. Enumerable.Range(0, 8).Select(i => i == 3 ? Diverged() : Completed(i / 7.0))]
        );

        var bytes = ArtifactEncoding.Encode(tables);

        Assert.Equal(bytes, ArtifactEncoding.Encode(ArtifactEncoding.DecodeStudyTables(bytes)));
    }
}
