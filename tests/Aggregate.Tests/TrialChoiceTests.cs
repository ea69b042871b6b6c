using Pipeline.Artifacts;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class TrialChoiceTests
{
    private static readonly Axis LearningRate = Numbers("learning_rate", 0.01, 0.1, 1);

    [Fact]
    public void The_best_mean_validation_accuracy_is_chosen() =>
        Assert.Equal(
            0.1,
            Chosen(Completed(0.5), Completed(0.9), Completed(0.8), Completed(0.7), Completed(0.95), Completed(0.1))
        );

    [Fact]
    public void Test_accuracy_has_no_say()
    {
        var best = Completed(0.8);
        best.Metrics["test_accuracy"] = 0.1;

        Assert.Equal(0.01, Chosen(best, best, Completed(0.7), Completed(0.7), Completed(0.6), Completed(0.6)));
    }

    [Fact]
    public void A_diverged_run_counts_as_0() =>
        Assert.Equal(
            0.1,
            Chosen(Completed(0.99), Diverged(), Completed(0.5), Completed(0.5), Completed(0.4), Completed(0.4))
        );

    [Fact]
    public void Among_equals_the_lower_validation_loss_is_chosen() =>
        Assert.Equal(
            1,
            Chosen(
                Completed(0.8, 2),
                Completed(0.8, 2),
                Completed(0.8, 3),
                Completed(0.8, 1),
                Completed(0.8, 0.5),
                Completed(0.8, 3)
            )
        );

    [Fact]
    public void Among_equals_a_trial_with_a_diverged_run_comes_last() =>
        Assert.Equal(
            1,
            Chosen(Completed(0.8), Diverged(), Completed(0.1), Completed(0.2), Completed(0.4, 9), Completed(0.4, 9))
        );

    [Fact]
    public void Among_equals_in_both_the_first_of_the_plan_is_chosen() =>
        Assert.Equal(
            0.01,
            Chosen(Completed(0.8), Completed(0.8), Completed(0.8), Completed(0.8), Completed(0.8), Completed(0.8))
        );

    [Fact]
    public void As_many_right_answers_spread_otherwise_over_the_seeds_are_equal()
    {
        // Of ten examples. In floating point the second trial's mean is larger, in the last digit.
        double?[][] accuracies =
        [
            [0.1, 0.1, 0.2],
            [0.2, 0.1, 0.1],
        ];
        Assert.True(Statistics.Mean(accuracies[1]) > Statistics.Mean(accuracies[0]));
        var results = accuracies.SelectMany(
            (trial, i) => trial.Select(accuracy => Completed(accuracy!.Value, loss: 1 + i))
        );

        var tables = Aggregator.Aggregate(Plan([], [Numbers("learning_rate", 0.01, 0.1)], 1, 2, 3), [.. results]);

        Assert.Equal(Scalar.Of(0.01), tables.Cells[0].Chosen[0]);
    }

    [Fact]
    public void Where_every_run_diverged_the_first_of_the_plan_is_chosen() =>
        Assert.Equal(0.01, Chosen(Diverged(), Diverged(), Diverged(), Diverged(), Diverged(), Diverged()));

    [Fact]
    public void Without_validation_losses_the_first_of_the_equals_is_chosen()
    {
        var result = Completed(0.8);
        result.Metrics.Remove("validation_loss");

        Assert.Equal(0.01, Chosen(result, result, result, result, result, result));
    }

    [Fact]
    public void A_choice_without_a_validation_accuracy_is_refused()
    {
        var result = Completed(0.8);
        result.Metrics.Remove("validation_accuracy");

        var exception = Assert.Throws<InvalidOperationException>(() =>
            Chosen(Completed(1), Completed(1), result, Completed(1), Completed(1), Completed(1))
        );

        Assert.Contains("'validation_accuracy'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_choice_no_validation_accuracy_is_needed()
    {
        var result = Completed(0.8);
        result.Metrics.Remove("validation_accuracy");

        var tables = Aggregator.Aggregate(Plan([Texts("activation", "relu")], [], 1), [result]);

        Assert.Equal(0.8 - 0.1, tables.Estimate(0, "test_accuracy").Mean);
    }

    private static double Chosen(params RunResult[] results)
    {
        var tables = Aggregator.Aggregate(Plan([], [LearningRate], 1, 2), results);
        return Assert.Single(Assert.Single(tables.Cells).Chosen).ToDouble();
    }
}
