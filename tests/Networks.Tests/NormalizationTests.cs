namespace Pipeline.Networks.Tests;

public sealed class NormalizationTests
{
    private const float Tolerance = 1e-6f;

    [Fact]
    public void Batch_normalization_gives_the_numbers_of_a_calculation_by_hand()
    {
        // The columns (1, 3) and (0, 4): means 2 and 2, biased variances 1 and 4, unbiased 2 and 8.
        var (runningMean, runningVariance) = (new float[] { 0, 1 }, new float[] { 1, 2 });
        var tensors = new NormalizationTensors([2, 3], [0.5f, -1], runningMean, runningVariance);
        var (y, saved) = (new float[4], new float[4]);

        NormalizationCatalogue.Create("batch", []).Forward([1, 0, 3, 4], tensors, rows: 2, features: 2, y, saved);

        var (first, second) = (2 / Math.Sqrt(1 + 1e-5), 6 / Math.Sqrt(4 + 1e-5));
        AssertNear([0.5 - first, -1 - second, 0.5 + first, -1 + second], y);
        AssertNear([0.2, 1.1], runningMean);
        AssertNear([1.1, 2.6], runningVariance);
    }

    [Fact]
    public void Batch_normalization_infers_with_running_statistics()
    {
        var (runningMean, runningVariance) = (new float[] { 1 }, new float[] { 4 });
        var y = new float[2];
        NormalizationCatalogue.Create("batch", []).Infer([3, 1], new([2], [1], runningMean, runningVariance), rows: 2, features: 1, y);
        AssertNear([1 + (4 / Math.Sqrt(4 + 1e-5)), 1], y);
        Assert.Equal((1f, 4f), (runningMean[0], runningVariance[0]));
    }

    [Fact]
    public void Layer_normalization_gives_the_numbers_of_a_calculation_by_hand()
    {
        // The row (1, 2, 6) has mean 3 and biased variance 14/3.
        var (y, saved) = (new float[3], new float[2]);
        NormalizationCatalogue.Create("layer", []).Forward([1, 2, 6], new([1, 2, 3], [0, 1, -1], [], []), rows: 1, features: 3, y, saved);
        var deviation = Math.Sqrt((14.0 / 3) + 1e-5);
        AssertNear([-2 / deviation, 1 - (2 / deviation), -1 + (9 / deviation)], y);
    }

    [Fact]
    public void Batch_normalization_refuses_to_train_on_one_row()
    {
        var network = Samples.Network(Samples.Mlp(inputs: 5, normalization: "batch"), largestBatch: 4);
        var error = Assert.Throws<ArgumentException>(() => network.TrainStep(new float[5], [0], 0.1f));
        Assert.Contains("one row", error.Message, StringComparison.Ordinal);
    }

    private static void AssertNear(double[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance * Math.Max(1, Math.Abs(pair.First))));
}
