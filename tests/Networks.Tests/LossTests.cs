using Pipeline.Networks.Losses;

namespace Pipeline.Networks.Tests;

public sealed class LossTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Softmax_cross_entropy_gives_the_numbers_of_a_calculation_by_hand()
    {
        // Logits ln 1, ln 2, ln 5 have the probabilities 1/8, 2/8, 5/8.
        var (losses, dlogits) = (new float[2], new float[6]);
        float[] row = [0, (float)Math.Log(2), (float)Math.Log(5)];
        LossCatalogue
            .Create("softmax_cross_entropy", [])
            .Apply([.. row, .. row], [2, 0], rows: 2, classes: 3, losses, dlogits);
        AssertNear([Math.Log(8 / 5.0), Math.Log(8)], losses);
        AssertNear([1 / 16.0, 2 / 16.0, -3 / 16.0, -7 / 16.0, 2 / 16.0, 5 / 16.0], dlogits);
    }

    [Fact]
    public void Label_smoothing_gives_the_numbers_of_a_calculation_by_hand()
    {
        // Of 0.3 each of three classes gets 0.1; the label keeps 0.7 besides.
        var (losses, dlogits) = (new float[2], new float[6]);
        float[] row = [0, (float)Math.Log(2), (float)Math.Log(5)];
        LossCatalogue
            .Create("softmax_cross_entropy", [0.3])
            .Apply([.. row, .. row], [2, 0], rows: 2, classes: 3, losses, dlogits);
        AssertNear(
            [
                (0.1 * Math.Log(8)) + (0.1 * Math.Log(4)) + (0.8 * Math.Log(1.6)),
                (0.8 * Math.Log(8)) + (0.1 * Math.Log(4)) + (0.1 * Math.Log(1.6)),
            ],
            losses
        );
        AssertNear([0.025 / 2, 0.15 / 2, -0.175 / 2, -0.675 / 2, 0.15 / 2, 0.525 / 2], dlogits);
    }

    [Fact]
    public void Mean_squared_error_gives_the_numbers_of_a_calculation_by_hand()
    {
        var (losses, dlogits) = (new float[2], new float[6]);
        LossCatalogue
            .Create("mean_squared_error", [])
            .Apply([0.5f, -1, 2, 1, 0, 3], [2, 0], rows: 2, classes: 3, losses, dlogits);
        AssertNear([(0.25 + 1 + 1) / 3, (0 + 0 + 9) / 3.0], losses);
        AssertNear([0.5 / 3, -1 / 3.0, 1 / 3.0, 0, 0, 3 / 3.0], dlogits);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_smoothing_out_of_range_is_refused(double smoothing) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LossCatalogue.Create("softmax_cross_entropy", [smoothing]));

    [Fact]
    public void Large_logits_neither_overflow_nor_vanish()
    {
        var (losses, dlogits) = (new float[2], new float[4]);
        LossCatalogue
            .Create("softmax_cross_entropy", [])
            .Apply([1e30f, 0, 200, 0], [0, 1], rows: 2, classes: 2, losses, dlogits);
        Assert.Equal([0f, 200f], losses);
        Assert.Equal([0f, 0f, 0.5f, -0.5f], dlogits);
    }

    [Fact]
    public void Of_equal_logits_the_first_is_predicted() =>
        Assert.Equal(1, Predictions.CountCorrect([3, 3, 3, 3], [0, 1], rows: 2, classes: 2));

    [Fact]
    public void A_row_with_a_NaN_predicts_nothing() =>
        Assert.Equal(0, Predictions.CountCorrect([float.NaN, 1, 1, float.NaN], [1, 0], rows: 2, classes: 2));

    private static void AssertNear(double[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
}
