using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Layers;

namespace Pipeline.Networks.Tests;

/// <summary>By hand on images whose channels are all the same: one channel, and one beyond a whole vector.</summary>
public sealed class PoolingTests
{
    private const float NaN = float.NaN;

    public static TheoryData<int> Channels() => [1, 17];

    [Theory]
    [MemberData(nameof(Channels))]
    public void The_largest_value_of_a_window_gets_its_gradient(int channels) =>
        AssertPools(
            Pooling.Max,
            window: 2,
            stride: 2,
            channels,
            [
                [1, 2, 5, 4],
                [3, 0, 6, 7],
                [-1, -2, -8, -9],
                [-4, -3, -6, -7],
            ],
            [
                [3, 7],
                [-1, -6],
            ],
            [
                [10, 20],
                [30, 40],
            ],
            [
                [0, 0, 0, 0],
                [10, 0, 0, 20],
                [30, 0, 0, 0],
                [0, 0, 40, 0],
            ]
        );

    [Theory]
    [MemberData(nameof(Channels))]
    public void Of_equal_values_the_first_gets_the_gradient(int channels)
    {
        AssertPools(
            Pooling.Max,
            window: 2,
            stride: 1,
            channels,
            [
                [7, 7],
                [7, 7],
            ],
            [
                [7],
            ],
            [
                [3],
            ],
            [
                [3, 0],
                [0, 0],
            ]
        );
        AssertPools(
            Pooling.Max,
            window: 2,
            stride: 1,
            channels,
            [
                [1, 2],
                [2, 2],
            ],
            [
                [2],
            ],
            [
                [3],
            ],
            [
                [0, 3],
                [0, 0],
            ]
        );
        AssertPools(
            Pooling.Max,
            window: 2,
            stride: 1,
            channels,
            [
                [-1, -0f],
                [0, -1],
            ],
            [
                [-0f],
            ],
            [
                [3],
            ],
            [
                [0, 3],
                [0, 0],
            ]
        );
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void A_NaN_is_larger_than_any_number(int channels)
    {
        AssertPools(
            Pooling.Max,
            window: 2,
            stride: 1,
            channels,
            [
                [1, NaN],
                [float.PositiveInfinity, NaN],
            ],
            [
                [NaN],
            ],
            [
                [3],
            ],
            [
                [0, 3],
                [0, 0],
            ]
        );
        AssertPools(
            Pooling.Max,
            window: 2,
            stride: 1,
            channels,
            [
                [NaN, 2],
                [3, 4],
            ],
            [
                [NaN],
            ],
            [
                [3],
            ],
            [
                [3, 0],
                [0, 0],
            ]
        );
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void The_gradients_of_windows_that_overlap_add_up(int channels)
    {
        AssertPools(
            Pooling.Max,
            window: 2,
            stride: 1,
            channels,
            [
                [1, 2, 3],
                [4, 9, 5],
                [6, 7, 8],
            ],
            [
                [9, 9],
                [9, 9],
            ],
            [
                [1, 10],
                [100, 1000],
            ],
            [
                [0, 0, 0],
                [0, 1111, 0],
                [0, 0, 0],
            ]
        );
        AssertPools(
            Pooling.Average,
            window: 2,
            stride: 1,
            channels,
            [
                [1, 2, 3],
                [4, 9, 5],
                [6, 7, 8],
            ],
            [
                [4, 4.75f],
                [6.5f, 7.25f],
            ],
            [
                [4, 40],
                [400, 4000],
            ],
            [
                [1, 11, 10],
                [101, 1111, 1010],
                [100, 1100, 1000],
            ]
        );
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void What_no_window_reaches_counts_for_nothing(int channels)
    {
        AssertPools(
            Pooling.Max,
            window: 2,
            stride: 2,
            channels,
            [
                [1, 2, 99],
                [4, 3, 99],
                [99, 99, 99],
            ],
            [
                [4],
            ],
            [
                [5],
            ],
            [
                [0, 0, 0],
                [5, 0, 0],
                [0, 0, 0],
            ]
        );
        AssertPools(
            Pooling.Average,
            window: 2,
            stride: 2,
            channels,
            [
                [1, 2, NaN],
                [4, 3, NaN],
                [NaN, NaN, NaN],
            ],
            [
                [2.5f],
            ],
            [
                [4],
            ],
            [
                [1, 1, 0],
                [1, 1, 0],
                [0, 0, 0],
            ]
        );
        AssertPools(
            Pooling.Max,
            window: 1,
            stride: 2,
            channels,
            [
                [1, 99, 2],
                [99, 99, 99],
                [3, 99, 4],
            ],
            [
                [1, 2],
                [3, 4],
            ],
            [
                [5, 6],
                [7, 8],
            ],
            [
                [5, 0, 6],
                [0, 0, 0],
                [7, 0, 8],
            ]
        );
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void The_average_of_all_pixels_shares_its_gradient_equally(int channels) =>
        AssertPools(
            new GlobalAveragePoolingDescription("pooling", new(channels, 2, 3)),
            [
                [1, 2, 3],
                [4, 5, 9],
            ],
            [
                [4],
            ],
            [
                [6],
            ],
            [
                [1, 1, 1],
                [1, 1, 1],
            ]
        );

    private static void AssertPools(
        Pooling kind,
        int window,
        int stride,
        int channels,
        float[][] x,
        float[][] expectedY,
        float[][] dy,
        float[][] expectedDx
    ) =>
        AssertPools(
            new PoolingDescription("pooling", new(channels, x.Length, x[0].Length), kind, window, stride),
            x,
            expectedY,
            dy,
            expectedDx
        );

    /// <summary>Two rows of a batch, the second with half the gradient.</summary>
    private static void AssertPools(
        LayerDescription description,
        float[][] x,
        float[][] expectedY,
        float[][] dy,
        float[][] expectedDx
    )
    {
        var channels = description.Input.Channels;
        var sut = NetworkLayer.Create(description, new(new([], []), LargestBatch: 2, Seed: 1));
        var (xs, dys) = (Batch(x, 1), Batch(dy, 0.5f));
        var (y, inferred, dx) = (new float[dys.Length], new float[dys.Length], Samples.Normals(xs.Length));
        sut.Infer(xs, rows: 2, inferred);
        sut.Forward(xs, rows: 2, step: 1, y);
        sut.Backward(xs, y, dys, rows: 2, dx);
        Assert.Equal(new FeatureShape(channels, expectedY.Length, expectedY[0].Length), description.Output);
        Assert.Equal(Batch(expectedY, 1), y);
        Assert.Equal(y, inferred);
        Assert.Equal(Batch(expectedDx, 0.5f), dx);

        float[] Batch(float[][] image, float second) =>
            [
                .. new[] { 1, second }.SelectMany(factor =>
                    image.SelectMany(row => row).SelectMany(value => Enumerable.Repeat(factor * value, channels))
                ),
            ];
    }
}
