using Pipeline.Networks.Initializers;
using Pipeline.Numerics;

namespace Pipeline.Networks.Tests;

public sealed class OrthogonalTests
{
    private const double Tolerance = 1e-6;

    /// <summary>
    /// Of a matrix [outputs, fan_in] the rows are orthogonal and as long as the gain, or, where there
    /// are more of them, the columns.
    /// </summary>
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(24, 24, 1, 1)]
    [InlineData(100, 100, 1, 1.5)]
    [InlineData(40, 7, 1, 2)]
    [InlineData(7, 40, 1, 0.5)]
    [InlineData(1, 9, 1, 3)]
    [InlineData(9, 1, 1, 3)]
    [InlineData(16, 3, 9, 1)]
    [InlineData(33, 3, 9, 1.4142135623730951)]
    public void The_shorter_side_is_orthogonal_and_as_long_as_the_gain(int outputs, int inputs, int kernel, double gain)
    {
        var fanIn = inputs * kernel;
        var q = Fill(gain, new(outputs, inputs, kernel), seed: 1);
        var isTall = outputs > fanIn;
        var count = Math.Min(outputs, fanIn);
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                var product = Enumerable.Range(0, Math.Max(outputs, fanIn)).Sum(i => (double)At(a, i) * At(b, i));
                Assert.Equal(a == b ? gain * gain : 0, product, Tolerance * gain * gain);
            }
        }

        float At(int vector, int i) => isTall ? q[(i * fanIn) + vector] : q[(vector * fanIn) + i];
    }

    [Fact]
    public void A_gain_of_0_gives_zeros() => Assert.All(Fill(gain: 0, new(3, 4, 1), seed: 1), w => Assert.Equal(0, w));

    [Fact]
    public void The_default_gain_is_1()
    {
        var weights = new float[12];
        InitializerCatalogue
            .Create("orthogonal", [])
            .Fill(new RandomStream(1, RandomPurpose.Weights), new(3, 4, 1), weights);
        Assert.Equal(Fill(gain: 1, new(3, 4, 1), seed: 1), weights);
    }

    /// <summary>A single vector is one of normal numbers, made as long as the gain: no direction is preferred.</summary>
    [Fact]
    public void The_first_vector_points_where_its_normal_numbers_do()
    {
        var normals = new float[6];
        new RandomStream(3, RandomPurpose.Weights).FillNormal(normals);
        var length = Math.Sqrt(normals.Sum(v => (double)v * v));
        Assert.All(
            Fill(gain: 1, new(1, 6, 1), seed: 3).Zip(normals),
            pair => Assert.Equal(pair.Second / length, pair.First, Tolerance)
        );
    }

    private static float[] Fill(double gain, WeightShape shape, ulong seed)
    {
        var weights = new float[shape.Outputs * shape.FanIn];
        InitializerCatalogue
            .Create("orthogonal", [gain])
            .Fill(new RandomStream(seed, RandomPurpose.Weights), shape, weights);
        return weights;
    }
}
