using Pipeline.Numerics;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class SyntheticDataSetTests
{
    public static TheoryData<string> Names => ["two_spirals", "gaussian_blobs", "positive_separable"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_call_makes_the_same_bytes_and_another_seed_others(string name)
    {
        Assert.Equal(Bytes(0), Bytes(0));
        Assert.NotEqual(Bytes(0), Bytes(1));

        byte[] Bytes(int seed)
        {
            var defaults = DataSetReaderCatalogue
                .Parameters(name)
                .Select(parameter => parameter.Default!.Value)
                .ToArray();
            using var target = new MemoryStream();
            Draw(name, [.. defaults[..^1], seed]).Write(target);
            return target.ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_shape_is_known_before_anything_is_drawn(string name)
    {
        var reader = DataSetReaderCatalogue.Create(name, []);

        Assert.Equal(reader.Shape!, reader.Read([]).Shape);
        Assert.Empty(reader.Files);
    }

    [Fact]
    public void Spirals_without_noise_are_where_the_formula_says()
    {
        var data = Draw("two_spirals", 400, 0, 2);

        Assert.Equal([2], data.Shape);
        Assert.Equal(Enumerable.Range(0, 400).Select(row => row % 2), data.Labels);
        for (var row = 0; row < 400; row++)
        {
            var radius = 2 * Math.Sqrt(((row / 2) + 0.5) / 200) * (row % 2 == 0 ? 1 : -1);
            Assert.Equal(radius * Math.Cos(2 * Math.PI * radius), data.Floats![2 * row], 1e-6);
            Assert.Equal(Math.Abs(radius) * Math.Sin(2 * Math.PI * radius), data.Floats![(2 * row) + 1], 1e-6);
        }
    }

    [Fact]
    public void The_noise_of_spirals_is_normal_with_the_given_deviation()
    {
        var (clean, noisy) = (Draw("two_spirals", 20_000, 0), Draw("two_spirals", 20_000, 0.25));

        var noise = clean.Floats!.Zip(noisy.Floats!, (x, y) => (double)y - x).ToArray();

        Assert.Equal(0, noise.Average(), 0.005);
        Assert.Equal(0.25, Math.Sqrt(noise.Average(z => z * z)), 0.005);
        Assert.Equal(0.6827, noise.Count(z => Math.Abs(z) < 0.25) / 40_000.0, 0.01);
    }

    [Theory]
    [InlineData(3, 4, 0.6, 9)]
    [InlineData(2, 3, 0, 0.1)]
    [InlineData(5, 1, 0.5, 7)]
    public void The_covariance_of_blobs_is_the_one_that_is_asked_for(
        int classes,
        int features,
        double correlation,
        double ratio
    )
    {
        const int Rows = 60_000;
        var data = Draw("gaussian_blobs", classes, features, Rows, 4, correlation, ratio);

        var sums = new double[classes, features];
        for (var i = 0; i < Rows * features; i++)
            sums[data.Labels[i / features], i % features] += data.Floats![i];
        for (var j = 0; j < features; j++)
        {
            for (var k = 0; k < features; k++)
            {
                var sum = 0.0;
                for (var r = 0; r < Rows; r++)
                    sum += Centred(r, j) * Centred(r, k);
                var scale = Deviation(j) * Deviation(k);
                Assert.Equal(j == k ? 1 : correlation, sum / Rows / scale, 0.03);
            }
        }

        double Centred(int row, int j) =>
            data.Floats![(row * features) + j] - (sums[data.Labels[row], j] / (Rows / classes));
        double Deviation(int j) => features == 1 ? 1 : Math.Pow(ratio, j / (features - 1.0));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 3)]
    [InlineData(10, 2)]
    public void The_nearest_means_of_blobs_are_the_separation_apart_in_deviations(int classes, int features)
    {
        // With so large a separation the noise is no matter: one row stands for its class's mean.
        var data = Draw("gaussian_blobs", classes, features, classes, 100_000, 0, 10);

        var distances =
            from a in Enumerable.Range(0, classes)
            from b in Enumerable.Range(0, a)
            select Math.Sqrt(Enumerable.Range(0, features).Sum(j => Math.Pow(Unscaled(a, j) - Unscaled(b, j), 2)));

        Assert.Equal(100_000, distances.Min(), 10.0);
        double Unscaled(int row, int j) =>
            data.Floats![(row * features) + j] / (features == 1 ? 1 : Math.Pow(10, j / (features - 1.0)));
    }

    [Fact]
    public void Blobs_have_rows_of_every_class_in_turn() =>
        Assert.Equal([0, 1, 2, 0, 1, 2, 0], Draw("gaussian_blobs", 3, 2, 7).Labels);

    [Fact]
    public void More_rows_begin_with_the_fewer() =>
        Assert.Equal(Draw("gaussian_blobs", 3, 5, 30).Floats!, Draw("gaussian_blobs", 3, 5, 300).Floats![..150]);

    [Theory]
    [InlineData(20, 0.02)]
    [InlineData(3, 0.4)]
    [InlineData(1, 0.3)]
    [InlineData(7, 0)]
    public void Positive_points_lie_on_both_sides_of_a_plane_at_the_margin_or_beyond(int features, double margin)
    {
        const int Rows = 2000;
        var data = Draw("positive_separable", Rows, features, margin, 5);
        var plane = new float[features];
        new RandomStream(5, RandomPurpose.Data).FillNormal(plane);
        var norm = Math.Sqrt(plane.Sum(w => (double)w * w));

        Assert.All(data.Floats!, x => Assert.True(x is > 0 and < 1));
        Assert.Equal(Rows / 2, data.Labels.Count(label => label == 1));
        for (var row = 0; row < Rows; row++)
        {
            var distance =
                Enumerable.Range(0, features).Sum(j => plane[j] * (data.Floats![(row * features) + j] - 0.5)) / norm;
            Assert.Equal(data.Labels[row] == 1, distance > 0);
            Assert.True(Math.Abs(distance) >= margin - 1e-12);
        }
    }

    [Fact]
    public void Positive_points_are_uniform()
    {
        var floats = Draw("positive_separable", 20_000, 10, 0).Floats!;

        Assert.Equal(0.5, floats.Average(x => (double)x), 0.005);
        Assert.Equal(1 / 12.0, floats.Average(x => (x - 0.5) * (x - 0.5)), 0.002);
        for (var tenth = 0; tenth < 10; tenth++)
            Assert.Equal(0.1, floats.Count(x => (int)(x * 10) == tenth) / 200_000.0, 0.005);
    }

    [Fact]
    public void A_margin_that_leaves_no_room_is_refused() =>
        Assert.Equal(
            "Too few points lie beyond the margin 0.4999999 of positive-separable: choose a smaller one.",
            Assert.Throws<InvalidDataException>(() => Draw("positive_separable", 10, 1, 0.4999999)).Message
        );

    [Theory]
    [InlineData(
        "two_spirals",
        "The rows of two-spirals must be an even number from 2 to 134,217,728.",
        new double[] { 0 }
    )]
    [InlineData(
        "two_spirals",
        "The rows of two-spirals must be an even number from 2 to 134,217,728.",
        new double[] { 3 }
    )]
    [InlineData("two_spirals", "The noise of two-spirals must be from 0 to 1,000,000.", new double[] { 10, -0.1 })]
    [InlineData(
        "two_spirals",
        "The noise of two-spirals must be from 0 to 1,000,000.",
        new double[] { 10, double.NaN }
    )]
    [InlineData("two_spirals", "The turns of two-spirals must be above 0 and at most 100.", new double[] { 10, 0, 0 })]
    [InlineData("two_spirals", "The seed of two-spirals must be at least 0.", new double[] { 10, 0, 1, -1 })]
    [InlineData("gaussian_blobs", "The classes of gaussian-blobs must be from 2 to 1,000.", new double[] { 1 })]
    [InlineData("gaussian_blobs", "The features of gaussian-blobs must be from 1 to 100,000.", new double[] { 2, 0 })]
    [InlineData(
        "gaussian_blobs",
        "The rows of gaussian-blobs must be from 3, one a class, to 89478485.",
        new double[] { 3, 2, 2 }
    )]
    [InlineData(
        "gaussian_blobs",
        "The rows of gaussian-blobs must be from 3, one a class, to 2684.",
        new double[] { 3, 100_000, 2685 }
    )]
    [InlineData(
        "gaussian_blobs",
        "The separation of gaussian-blobs must be from 0 to 1,000,000.",
        new double[] { 3, 2, 9, -1 }
    )]
    [InlineData(
        "gaussian_blobs",
        "The correlation of gaussian-blobs must be from 0 to below 1.",
        new double[] { 3, 2, 9, 1, 1 }
    )]
    [InlineData(
        "gaussian_blobs",
        "The scale_ratio of gaussian-blobs must be from 0.000001 to 1,000,000.",
        new double[] { 3, 2, 9, 1, 0, 0 }
    )]
    [InlineData(
        "gaussian_blobs",
        "The seed of gaussian-blobs must be at least 0.",
        new double[] { 3, 2, 9, 1, 0, 1, -1 }
    )]
    [InlineData("positive_separable", "The rows of positive-separable must be from 2 to 13421772.", new double[] { 1 })]
    [InlineData(
        "positive_separable",
        "The features of positive-separable must be from 1 to 100,000.",
        new double[] { 2, 0 }
    )]
    [InlineData(
        "positive_separable",
        "The margin of positive-separable must be from 0 to below 0.5.",
        new double[] { 2, 1, 0.5 }
    )]
    [InlineData(
        "positive_separable",
        "The seed of positive-separable must be at least 0.",
        new double[] { 2, 1, 0, -1 }
    )]
    public void An_argument_out_of_range_is_refused_with_a_sentence(string name, string sentence, double[] arguments)
    {
        var e = Assert.ThrowsAny<ArgumentException>(() => DataSetReaderCatalogue.Create(name, arguments));

        Assert.StartsWith(sentence + " (Parameter", e.Message, StringComparison.Ordinal);
    }

    private static DataSet Draw(string name, params double[] arguments) =>
        DataSetReaderCatalogue.Create(name, arguments).Read([]);
}
