using Pipeline.Artifacts;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class CurveTableTests
{
    [Fact]
    public void A_curve_is_the_mean_over_the_runs_of_the_chosen_trial()
    {
        var plan = Plan([Texts("activation", "relu", "tanh")], [Numbers("learning_rate", 0.01, 0.1)], 1, 2);
        var results = plan.Runs().Select(run => Learned(run.Trial is 1 or 2 ? 0.9 : 0.1, [run.Trial + run.Seed, 0.5]));

        var curves = Aggregator.Aggregate(plan, [.. results]).Curves;

        Assert.Equal([(0, "train_loss"), (1, "train_loss")], curves.Select(curve => (curve.Cell, curve.Curve)));
        Assert.Equal([2.5, 0.5], curves[0].Mean);
        Assert.Equal([3.5, 0.5], curves[1].Mean);
        // Of two values that differ by 1, t(0.975, 1)·√½/√2.
        Assert.Equal([6.353102, 0], curves[0].Half);
        Assert.Equal([2, 2], curves[0].Runs);
    }

    [Fact]
    public void A_run_that_diverged_counts_as_long_as_it_lasted()
    {
        var curves = Aggregator
            .Aggregate(Plan([], [], 1, 2), [Learned(0.9, [4, 2, 1]), Diverged() with { Curves = Curve([8]) }])
            .Curves;

        Assert.Equal([6, 2, 1], curves[0].Mean);
        Assert.Equal([2, 1, 1], curves[0].Runs);
        Assert.Equal([null, null], curves[0].Half.Skip(1));
    }

    [Fact]
    public void Runs_that_diverged_at_once_have_no_curve() =>
        Assert.Empty(
            Aggregator.Aggregate(Plan([], [], 1, 2), [Diverged() with { Curves = Curve([]) }, Diverged()]).Curves
        );

    [Fact]
    public void What_is_not_finite_has_no_mean()
    {
        var curve = Aggregator
            .Aggregate(
                Plan([], [], 1, 2),
                [Learned(0.9, [double.NaN, 1e308, 1 / 3.0]), Learned(0.9, [1, 1e308, 1 / 3.0])]
            )
            .Curves[0];

        Assert.Equal([null, 1e308, 0.3333333], curve.Mean);
        Assert.Equal([2, 2, 2], curve.Runs);
    }

    private static RunResult Learned(double accuracy, double[] losses) =>
        Completed(accuracy) with
        {
            Curves = Curve(losses),
        };

    private static SortedDictionary<string, double[]> Curve(double[] losses) =>
        new(StringComparer.Ordinal) { ["train_loss"] = losses };
}
