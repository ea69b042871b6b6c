using FsCheck;
using FsCheck.Fluent;
using Pipeline.Artifacts;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class StatisticsTests
{
    [Fact]
    public void The_interval_is_Students()
    {
        // Mean 3, s² = 10/4, t(0.975, 4) = 2.7764451051977934: half of the interval is t·√(2.5/5).
        var estimate = Of(1, 2, 3, 4, 5);

        Assert.Equal(3, estimate.Mean);
        Assert.Equal(3 - (2.7764451051977934 * Math.Sqrt(0.5)), estimate.Low!.Value, 1e-13);
        Assert.Equal(3 + (2.7764451051977934 * Math.Sqrt(0.5)), estimate.High!.Value, 1e-13);
    }

    [Fact]
    public void Two_seeds_have_a_wide_interval()
    {
        // s = 0.1·√½, t(0.975, 1) = 12.706204736174694: half of the interval is t·0.05.
        var estimate = Of(0.8, 0.9);

        Assert.Equal(0.85, estimate.Mean!.Value, 1e-15);
        Assert.Equal(12.706204736174694 * 0.05, (estimate.High - estimate.Low)!.Value / 2, 1e-13);
    }

    [Fact]
    public void Two_values_have_a_standardized_mean_and_one_has_none()
    {
        Assert.Equal(2 / Math.Sqrt(2), Statistics.Standardized([1, 3], 0)!.Value, 1e-15);
        Assert.Null(Statistics.Standardized([1, 3], Math.Sqrt(2)));
        Assert.Null(Statistics.Standardized([1], 0));
    }

    [Fact]
    public void Two_seeds_have_an_accuracy_with_an_interval_over_them()
    {
        var runs = TestRows.Runs(
            [
                [true, false, false, false],
                [true, true, true, false],
            ],
            TestRows.Labels(4)
        );

        var estimate = Statistics.AccuracyEstimate(0, runs);

        Assert.Equal(0.5, estimate.Mean!.Value, 1e-15);
        Assert.NotNull(estimate.Low);
        Assert.Null(Statistics.AccuracyEstimate(0, runs[..1]).Low);
    }

    [Fact]
    public void A_single_seed_has_no_interval() => Assert.Equal(new(0.7, null, null), Of(0.7));

    [Theory]
    [InlineData(0.1)]
    [InlineData(1 / 3.0)]
    public void Equal_values_are_their_own_mean_and_interval(double value) =>
        Assert.Equal(new(value, value, value), Of(value, value, value, value, value, value, value));

    [Fact]
    public void A_missing_value_leaves_no_estimate() => Assert.Equal(new(null, null, null), Of(0.5, null, 0.5));

    [Fact]
    public void A_diverged_run_is_the_worst_accuracy_and_leaves_no_other_estimate()
    {
        var tables = Aggregator.Aggregate(Plan([], [], 1, 2), [Completed(0.8), Diverged()]);

        Assert.Equal(0.4, tables.Estimate(0, "validation_accuracy").Mean);
        Assert.Equal(new(null, null, null), tables.Estimate(0, "validation_loss"));
        Assert.Equal(1, tables.Cells[0].Diverged);
        Assert.Equal(2, tables.Cells[0].Runs);
    }

    [Theory]
    [InlineData("epoch_end_loss_scale", 0.0, 2.0)]
    [InlineData("skipped_steps", 31.0, 17.5)]
    public void A_diverged_run_has_the_loss_scale_and_the_skipped_steps_of_its_end(
        string metric,
        double end,
        double mean
    )
    {
        var (completed, diverged) = (Completed(0.8), Diverged());
        (completed.Metrics[metric], diverged.Metrics[metric]) = (4, end);

        Assert.Equal(mean, Aggregator.Aggregate(Plan([], [], 1, 2), [completed, diverged]).Estimate(0, metric).Mean);
    }

    [Fact]
    public void The_order_of_the_seeds_changes_an_estimate_by_rounding_only()
    {
        var values = ArbMap
            .Default.GeneratorFor<byte>()
            .Select(b => (double?)(b / 255.0))
            .ArrayOf()
            .Where(a => a.Length > 1);
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Arb.From(values),
                array =>
                {
                    var forwards = Of(array);
                    var backwards = Of([.. array.Reverse()]);

                    Assert.Equal(forwards.Mean!.Value, backwards.Mean!.Value, 1e-14);
                    Assert.Equal(forwards.Low!.Value, backwards.Low!.Value, 1e-13);
                    Assert.Equal(forwards.High!.Value, backwards.High!.Value, 1e-13);
                    Assert.InRange(forwards.Mean.Value, array.Min()!.Value - 1e-14, array.Max()!.Value + 1e-14);
                }
            )
        );
    }

    private static Estimate Of(params double?[] values) =>
        Statistics.Estimate(values, Statistics.IntervalQuantile(values.Length));
}
