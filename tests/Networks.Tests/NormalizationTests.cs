using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;

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
        var (y, saved) = (new float[4], new float[8]);

        NormalizationCatalogue
            .Create("batch", [])
            .Forward([1, 0, 3, 4], tensors, new(Rows: 2, Pixels: 1, Channels: 2), y, saved);

        var (first, second) = (2 / Math.Sqrt(1 + 1e-5), 6 / Math.Sqrt(4 + 1e-5));
        AssertNear([0.5 - first, -1 - second, 0.5 + first, -1 + second], y);
        AssertNear([0.2, 1.1], runningMean);
        AssertNear([1.1, 2.6], runningVariance);
    }

    [Fact]
    public void Batch_normalization_infers_with_running_statistics()
    {
        var (runningMean, runningVariance) = (new float[] { 1 }, new float[] { 4 });
        var (y, saved) = (new float[2], new float[4]);
        NormalizationCatalogue
            .Create("batch", [])
            .Infer([3, 1], new([2], [1], runningMean, runningVariance), new(Rows: 2, Pixels: 1, Channels: 1), y, saved);
        AssertNear([1 + (4 / Math.Sqrt(4 + 1e-5)), 1], y);
        Assert.Equal((1f, 4f), (runningMean[0], runningVariance[0]));
    }

    // In training mode the logits are made from statistics of the batch: inference by batch must give their bits.
    [Theory]
    [InlineData(NormalizationPosition.BeforeActivation)]
    [InlineData(NormalizationPosition.AfterActivation)]
    public void By_batch_a_network_infers_as_it_trains_and_moves_no_running_statistics(NormalizationPosition position)
    {
        var description = Samples.Cnn(new(1, 4, 4), depth: 1, width: 3, normalization: "batch") with
        {
            Position = position,
            InfersByBatch = true,
        };
        var (x, labels) = (Samples.Normals(5 * 16), Samples.Labels(5, description.Classes));
        var network = Samples.Network(description, largestBatch: 5);
        var (training, inference) = (new float[5 * description.Classes], new float[5 * description.Classes]);
        network.TrainStep(x, labels, 0.1f);
        var before = network.Tensors();
        network.Logits(x, inference);
        foreach (var (expected, actual) in before.Zip(network.Tensors()))
            Samples.AssertSameBits(expected.Values, actual.Values, expected.Name);
        network.Differentiate(x, labels, dinputs: default, training);
        Samples.AssertSameBits(training, inference, "logits");

        var running = Samples.Network(description with { InfersByBatch = false }, largestBatch: 5);
        running.TrainStep(x, labels, 0.1f);
        var others = new float[inference.Length];
        running.Logits(x, others);
        Assert.NotEqual(inference, others);
        Assert.Equal(before[0].Name, Folding.Fold(description, before).Tensors[0].Name);
        Assert.Equal(before.Count, Folding.Fold(description, before).Tensors.Count);
    }

    [Fact]
    public void A_row_by_itself_has_no_statistics_to_infer_by()
    {
        var description = Samples.Mlp(normalization: "batch") with { InfersByBatch = true };
        var network = Samples.Network(description, largestBatch: 2);
        var e = Assert.Throws<ArgumentException>(() =>
            network.Logits(Samples.Normals(description.Input.Values), new float[description.Classes])
        );
        Assert.Contains("can't infer by the statistics of a batch of one row", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layer_normalization_gives_the_numbers_of_a_calculation_by_hand()
    {
        // The row (1, 2, 6) has mean 3 and biased variance 14/3.
        var deviation = Math.Sqrt((14.0 / 3) + 1e-5);
        AssertNear(
            [-2 / deviation, 1 - (2 / deviation), -1 + (9 / deviation)],
            Normalized("layer", [1, 2, 6], [1, 2, 3], [0, 1, -1], new(Rows: 1, Pixels: 1, Channels: 3))
        );
    }

    [Fact]
    public void Layer_normalization_of_images_takes_all_channels_and_pixels_together()
    {
        // Two pixels of two channels, (1, 3) and (2, 6): mean 3, variance 14/4; a scale and a shift per channel.
        var deviation = Math.Sqrt((14.0 / 4) + 1e-5);
        AssertNear(
            [-2 / deviation, 5, -1 / deviation, 5 + (6 / deviation)],
            Normalized("layer", [1, 3, 2, 6], [1, 2], [0, 5], new(Rows: 1, Pixels: 2, Channels: 2))
        );
    }

    [Fact]
    public void Group_normalization_gives_the_numbers_of_a_calculation_by_hand()
    {
        // The groups (1, 3) and (2, 8): means 2 and 5, variances 1 and 9.
        var (first, second) = (Math.Sqrt(1 + 1e-5), Math.Sqrt(9 + 1e-5));
        AssertNear(
            [-1 / first, 1 + (2 / first), -9 / second, 1 + (12 / second)],
            Normalized("group", [1, 3, 2, 8], [1, 2, 3, 4], [0, 1, 0, 1], new(Rows: 1, Pixels: 1, Channels: 4), 2)
        );
    }

    [Fact]
    public void Group_normalization_of_images_takes_the_pixels_of_neighbouring_channels_together()
    {
        // Two pixels of four channels: the groups hold (1, 3, 2, 6) and four times 7.
        var deviation = Math.Sqrt((14.0 / 4) + 1e-5);
        AssertNear(
            [-2 / deviation, 0, 0, 0, -1 / deviation, 3 / deviation, 0, 0],
            Normalized(
                "group",
                [1, 3, 7, 7, 2, 6, 7, 7],
                [1, 1, 1, 1],
                [0, 0, 0, 0],
                new(Rows: 1, Pixels: 2, Channels: 4),
                2
            )
        );
    }

    [Fact]
    public void Instance_normalization_takes_each_channel_of_each_row_by_itself()
    {
        // The channels (1, 3) and (0, 4) of the first row, (5, 5) and (10, 16) of the second.
        var (first, second, third) = (Math.Sqrt(1 + 1e-5), Math.Sqrt(4 + 1e-5), Math.Sqrt(9 + 1e-5));
        AssertNear(
            [-1 / first, 7 - (4 / second), 1 / first, 7 + (4 / second), 0, 7 - (6 / third), 0, 7 + (6 / third)],
            Normalized("instance", [1, 0, 3, 4, 5, 10, 5, 16], [1, 2], [0, 7], new(Rows: 2, Pixels: 2, Channels: 2))
        );
    }

    [Fact]
    public void Rms_normalization_divides_by_the_root_of_the_mean_square()
    {
        // The mean square of the row (3, 4) is 12.5, that of two pixels (1, 2) and (3, 4) 7.5.
        var (features, image) = (Math.Sqrt(12.5 + 1e-5), Math.Sqrt(7.5 + 1e-5));
        AssertNear(
            [3 / features, 8 / features],
            Normalized("rms", [3, 4], [1, 2], [0, 0], new(Rows: 1, Pixels: 1, Channels: 2))
        );
        AssertNear(
            [1 / image, 4 / image, 3 / image, 8 / image],
            Normalized("rms", [1, 2, 3, 4], [1, 2], [0, 0], new(Rows: 1, Pixels: 2, Channels: 2))
        );
    }

    [Theory]
    [InlineData("batch", 0.0)]
    [InlineData("batch", 1.1)]
    [InlineData("batch", 0.1, 0.0)]
    [InlineData("layer", 0.0)]
    [InlineData("layer", 1e-50)]
    [InlineData("layer", double.NaN)]
    [InlineData("group", 0.0)]
    [InlineData("group", 2.0, 1.1)]
    [InlineData("instance", -1e-5)]
    [InlineData("rms", 0.0)]
    public void An_argument_out_of_range_is_refused(string name, params double[] arguments) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalizationCatalogue.Create(name, arguments));

    [Fact]
    public void Batch_normalization_refuses_to_train_on_one_row()
    {
        var network = Samples.Network(Samples.Mlp(inputs: 5, normalization: "batch"), largestBatch: 4);
        var error = Assert.Throws<ArgumentException>(() => network.TrainStep(new float[5], [0], 0.1f));
        Assert.Contains("one row", error.Message, StringComparison.Ordinal);
    }

    private static float[] Normalized(
        string name,
        float[] x,
        float[] scale,
        float[] shift,
        BatchShape shape,
        params double[] arguments
    )
    {
        var sut = NormalizationCatalogue.Create(name, arguments);
        var (y, inferred, saved) = (new float[x.Length], new float[x.Length], new float[sut.SavedLength(shape)]);
        sut.Forward(x, new(scale, shift, [], []), shape, y, saved);
        sut.Infer(x, new(scale, shift, [], []), shape, inferred, saved);
        Samples.AssertSameBits(y, inferred, $"{name}: inference");
        return y;
    }

    private static void AssertNear(double[] expected, float[] actual) =>
        Assert.All(
            expected.Zip(actual),
            pair => Assert.Equal(pair.First, pair.Second, Tolerance * Math.Max(1, Math.Abs(pair.First)))
        );
}
