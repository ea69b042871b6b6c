using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class PairedDifferenceTests
{
    [Fact]
    public void The_effect_size_is_the_mean_in_standard_deviations()
    {
        // Differences 0.1, 0.2, 0.3: s = 0.1.
        var difference = PairedDifference.Of([0.5, 0.5, 0.25], [0.6, 0.7, 0.55]);

        Assert.Equal(0.2, difference.Mean, 1e-15);
        Assert.Equal(2, difference.EffectSize!.Value, 1e-13);
    }

    [Fact]
    public void Seeds_that_all_moved_alike_have_the_p_of_the_sign_test_and_no_effect_size()
    {
        Assert.NotEqual(0.9 - 0.8, 0.8 - 0.7);

        var difference = PairedDifference.Of([0.8, 0.7, 0.6], [0.9, 0.8, 0.7]);

        Assert.Equal(0.25, difference.P);
        Assert.Null(difference.EffectSize);
    }

    [Fact]
    public void A_single_seed_has_neither() =>
        Assert.Equal(new(1, 0.25, null, null, null, null, null, null), PairedDifference.Of([0.5], [0.75]));

    [Fact]
    public void Two_seeds_have_an_interval_but_no_p()
    {
        var difference = PairedDifference.Of([0.5, 0.5], [0.75, 1]);

        // s = ¼/√2 and a standard error of ⅛ with one degree of freedom.
        Assert.Equal((2, 0.375, null), (difference.Pairs, difference.Mean, difference.P));
        Assert.Equal((0.125, 1.0), (difference.StandardError, difference.DegreesOfFreedom));
        Assert.Equal(0.375 - (12.706204736174694 * 0.125), difference.Low!.Value, 1e-12);
    }

    [Fact]
    public void A_diverged_run_has_got_nothing_right()
    {
        var diverged = Run(null) with { Outcome = RunOutcome.Diverged };

        Assert.Equal(
            PairedDifference.Of([0.5, 0.25], [0, 0.5]),
            PairedDifference.Of("test_accuracy", ([Run(0.5), Run(0.25)], 0), ([diverged, Run(0.5)], 0))
        );
    }

    [Fact]
    public void There_is_no_difference_where_a_run_has_no_value() =>
        Assert.Null(PairedDifference.Of("test_accuracy", ([Run(0.5), Run(null)], 0), ([Run(0.5), Run(0.5)], 0)));

    private static RunRow Run(double? accuracy) =>
        new()
        {
            Run = "96923aa5c40e",
            Values = [],
            Seed = 0,
            Outcome = RunOutcome.Completed,
            Steps = 1,
            Metrics = [accuracy],
        };
}
