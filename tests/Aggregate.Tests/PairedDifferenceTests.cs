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
    public void A_single_seed_has_neither() => Assert.Equal(new(1, 0.25, null, null, null, null), PairedDifference.Of([0.5], [0.75]));
}
