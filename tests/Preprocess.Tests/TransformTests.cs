using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Preprocess.DataSets;
using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Preprocess.Tests;

public sealed partial class TransformTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private static readonly DataSet Wine = ShippedData.Read("wine", ShippedData.Wine);

    private readonly Preparation preparation = new();

    public static TheoryData<string> Chains { get; } =
    [
        "none",
        "center",
        "standardize",
        "center+standardize",
        "standardize+standardize",
        "scale_to_range(0,1)",
        "decorrelate",
        "whiten_pca",
        "whiten_pca(0)",
        "whiten_zca",
        "whiten_zca(0)",
        "pca(2)",
        "pca(0.99)",
        "standardize+whiten_pca+scale_to_range(-1,1)",
    ];

    public void Dispose() => preparation.Dispose();

    [Theory]
    [InlineData("standardize")]
    [InlineData("center+standardize")]
    [InlineData("standardize+standardize")]
    [InlineData("standardize+center")]
    public void Standardized_training_rows_have_mean_0_and_deviation_1(string chain)
    {
        var data = preparation.Prepare(Wine, Preparation.Spec(chain));

        foreach (var (mean, deviation) in TrainingMoments(data))
        {
            Assert.Equal(0, mean, Tolerance);
            Assert.Equal(1, deviation, Tolerance);
        }
    }

    [Fact]
    public void Standardized_bytes_have_mean_0_and_deviation_1_where_they_vary()
    {
        var data = preparation.Prepare(ShippedData.Read("digits", ShippedData.Digits), Preparation.Spec("standardize"));
        var moments = TrainingMoments(data);

        Assert.All(moments, m => Assert.Equal(0, m.Mean, Tolerance));
        Assert.All(moments, m => Assert.Equal(m.Deviation == 0 ? 0 : 1, m.Deviation, Tolerance));
        Assert.Contains(moments, m => m.Deviation == 0);
    }

    [Fact]
    public void Centered_training_rows_have_mean_0_and_their_own_scale()
    {
        var data = preparation.Prepare(Wine, Preparation.Spec("center"));

        Assert.All(TrainingMoments(data), m => Assert.Equal(0, m.Mean, 1e-4));
        Assert.Contains(TrainingMoments(data), m => m.Deviation > 100);
    }

    [Theory]
    [InlineData("center+standardize")]
    [InlineData("none+standardize+none")]
    [InlineData("standardize+standardize")]
    [InlineData("scale_to_range(-3,5)+standardize")]
    [InlineData("standardize+scale(1)+shift(0)")]
    public void A_chain_that_amounts_to_standardizing_is_standardizing(string chain)
    {
        var expected = preparation.Prepare(Wine, Preparation.Spec("standardize"));
        var actual = preparation.Prepare(Wine, Preparation.Spec(chain));

        for (var i = 0; i < 178; i++)
        {
            for (var j = 0; j < 13; j++)
                Assert.Equal(expected.FloatRow(i)[j], actual.FloatRow(i)[j], 1e-6);
        }
    }

    // 0.1 and its like have no short binary form: their sums are where rounding would show.
    [Theory]
    [MemberData(nameof(Chains))]
    public void Constant_features_do_no_harm(string chain)
    {
        float[] constants = [0, 0.1f, -0.3f, 1e-30f, 1e30f, 16777217f];
        var rows = 1000;
        var data = new DataSet
        {
            Shape = [constants.Length + 2],
            Classes = 2,
            Floats = [.. Enumerable.Range(0, rows).SelectMany(row => constants.Append(row).Append(row * row % 7))],
            Labels = [.. Enumerable.Range(0, rows).Select(row => row % 2)],
        };

        var prepared = preparation.Prepare(data, Preparation.Spec(chain));

        for (var i = 0; i < rows; i++)
        {
            foreach (var value in prepared.FloatRow(i))
                Assert.True(
                    float.IsFinite(value) && (chain == "none" || Math.Abs(value) < 2_000),
                    $"row {i} holds {value}"
                );
        }
    }

    [Theory]
    [InlineData("center", 0f)]
    [InlineData("standardize", 0f)]
    [InlineData("scale_to_range(2,3)", 2f)]
    public void A_constant_feature_becomes_the_middle_or_the_lower_end(string chain, float expected)
    {
        var data = new DataSet
        {
            Shape = [1],
            Classes = 2,
            Floats = [.. Enumerable.Repeat(0.1f, 50)],
            Labels = [.. Enumerable.Range(0, 50).Select(row => row % 2)],
        };

        var prepared = preparation.Prepare(data, Preparation.Spec(chain));

        for (var i = 0; i < 50; i++)
            Assert.Equal(expected, prepared.FloatRow(i)[0]);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Nothing_leaks_from_validation_and_test_rows(string chain)
    {
        var split = SplitOf(Wine, Preparation.Spec(chain));
        var before = preparation.Prepare(Wine, Preparation.Spec(chain));

        var after = preparation.Prepare(
            With(Wine, [.. split.Validation, .. split.Test], 1e6f),
            Preparation.Spec(chain)
        );

        for (var i = 0; i < split.Training.Length; i++)
            Assert.Equal(before.FloatRow(i), after.FloatRow(i));
        Assert.NotEqual(
            before.FloatRow(split.Training.Length).ToArray(),
            after.FloatRow(split.Training.Length).ToArray()
        );
    }

    [Theory]
    [InlineData("standardize")]
    [InlineData("scale_to_range(0,1)")]
    [InlineData("whiten_zca")]
    public void Every_training_row_is_looked_at(string chain)
    {
        var spec = Preparation.Spec(chain);
        var before = preparation.Prepare(Wine, spec);
        var training = SplitOf(Wine, spec).Training;

        foreach (var row in (int[])[training[0], training[^1]])
        {
            var after = preparation.Prepare(With(Wine, [row], 1e6f), spec);
            for (var j = 0; j < 13; j++)
                Assert.NotEqual(before.FloatRow(1)[j], after.FloatRow(1)[j]);
        }
    }

    [Theory]
    [InlineData("whiten_pca(0)")]
    [InlineData("whiten_zca(0)")]
    [InlineData("standardize+decorrelate+standardize")]
    public void Whitened_features_are_uncorrelated(string chain)
    {
        var data = preparation.Prepare(Wine, Preparation.Spec(chain));

        var n = data.Header.Training;
        for (var j = 0; j < 13; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                var covariance = Enumerable.Range(0, n).Sum(i => (double)data.FloatRow(i)[j] * data.FloatRow(i)[k]) / n;
                Assert.Equal(j == k ? 1 : 0, covariance, j == k ? 0.01 : 1e-5);
            }
        }
    }

    [Fact]
    public void The_first_components_vary_most()
    {
        var moments = TrainingMoments(preparation.Prepare(Wine, Preparation.Spec("standardize+decorrelate")));

        Assert.Equal(moments.OrderByDescending(m => m.Deviation), moments);
        Assert.Equal(13, moments.Sum(m => m.Deviation * m.Deviation), 1e-4);
    }

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(0.55, 2)]
    [InlineData(0.999999999, 13)]
    public void Pca_keeps_as_many_components_as_hold_a_share_of_the_variance(double share, int components) =>
        Assert.Equal(
            [components],
            preparation.Prepare(Wine, Preparation.Spec($"standardize+pca({CanonicalJson.Number(share)})")).Header.Shape
        );

    [Fact]
    public void Pca_keeps_no_direction_without_variance()
    {
        // The second feature is twice the first.
        var data = new DataSet
        {
            Shape = [2],
            Classes = 2,
            Floats = [.. Enumerable.Range(0, 100).Select(i => (float)(i / 2 * (1 + (i % 2))))],
            Labels = [.. Enumerable.Range(0, 50).Select(row => row % 2)],
        };

        Assert.Equal([1], preparation.Prepare(data, Preparation.Spec("pca(0.9999999)")).Header.Shape);
        Assert.Equal(
            "pca asks for 2 components, but the training rows vary along 1 only: ask for fewer.",
            Assert.Throws<InvalidDataException>(() => preparation.Prepare(data, Preparation.Spec("pca(2)"))).Message
        );
    }

    [Fact]
    public void Whitened_images_stay_images()
    {
        var digits = ShippedData.Read("digits", ShippedData.Digits);

        Assert.Equal([1, 8, 8], preparation.Prepare(digits, Preparation.Spec("whiten_zca(0.1)")).Header.Shape);
    }

    [Fact]
    public void Channels_are_centered_as_a_whole()
    {
        // Two channels of 1 × 2 pixels.
        var data = new DataSet
        {
            Shape = [2, 1, 2],
            Classes = 2,
            Bytes = [1, 3, 10, 20, 3, 5, 30, 20, 1, 1, 1, 1, 9, 9, 9, 9],
            Labels = new int[4],
        };

        var map = preparation.Prepare(data, new([0, 1], [2], [3]), "center_channels").Map;

        Assert.Equal([3, 3, 20, 20], map.Shift.ToArray());
        Assert.Equal([1, 1, 1, 1], map.Scale.ToArray());
    }

    [Theory]
    [InlineData("standardize+shift(2)", 1, 2)]
    [InlineData("standardize+scale(-3)", -3, 0)]
    [InlineData("standardize+shift(2)+scale(3)", 3, 6)]
    [InlineData("standardize+scale(3)+shift(2)", 3, 2)]
    public void Only_test_rows_are_shifted_and_scaled(string chain, double scale, double shift)
    {
        foreach (var data in (DataSet[])[Wine, ShippedData.Read("digits", ShippedData.Digits)])
        {
            var (plain, changed) = (
                preparation.Prepare(data, Preparation.Spec("standardize")),
                preparation.Prepare(data, Preparation.Spec(chain))
            );
            for (var i = 0; i < plain.Header.Rows; i++)
            {
                var isTest = i >= plain.Header.Training + plain.Header.Validation;
                for (var j = 0; j < plain.Header.Features; j++)
                {
                    var expected = isTest ? (scale * Value(plain, i, j)) + shift : Value(plain, i, j);
                    // Pixels that are nearly always 0 have values in the hundreds: what float32 rounds grows with them.
                    Assert.Equal(expected, Value(changed, i, j), 1e-6 * Math.Max(10, Math.Abs(expected)));
                }
            }
        }
    }

    [Fact]
    public void What_comes_before_a_rotation_is_shifted_before_it()
    {
        var (plain, shifted) = (
            preparation.Prepare(Wine, Preparation.Spec("standardize+decorrelate")),
            preparation.Prepare(Wine, Preparation.Spec("standardize+shift(1)+decorrelate"))
        );

        var move = Enumerable.Range(0, 13).Select(j => Value(shifted, 177, j) - Value(plain, 177, j)).ToArray();
        Assert.Equal(Value(plain, 0, 0), Value(shifted, 0, 0));
        Assert.Equal(Math.Sqrt(13), Math.Sqrt(move.Sum(x => x * x)), 1e-5);
    }

    [Fact]
    public void Moments_have_the_number_of_rows_as_divisor()
    {
        var data = new DataSet
        {
            Shape = [2],
            Classes = 2,
            Floats = [1, 10, 3, 10, 99, 99],
            Labels = [0, 1, 0],
        };

        var moments = FeatureMoments.Of(new(preparation.Decoded(data), [0, 1], []), features: 2);

        Assert.Equal([2, 10], moments.Mean);
        Assert.Equal([1, 0], moments.Deviation);
        Assert.Equal([1, 10], moments.Least);
        Assert.Equal([3, 10], moments.Greatest);
    }

    [Fact]
    public void Moments_follow_a_map()
    {
        var moments = new FeatureMoments([2], [3], [0], [7]).After(new([1], [-4]));

        Assert.Equal([-4], moments.Mean);
        Assert.Equal([12], moments.Deviation);
        Assert.Equal([-24], moments.Least);
        Assert.Equal([4], moments.Greatest);
    }

    [Fact]
    public void Maps_compose_from_left_to_right()
    {
        var map = new AffineMap([1], [4]).Then(new([2], [8]));

        Assert.Equal([1.5], map.Shift);
        Assert.Equal([32], map.Scale);
    }

    private static DataSet With(DataSet data, int[] rows, float value)
    {
        var features = data.Shape[0];
        var changed = (float[])data.Floats!.Clone();
        foreach (var row in rows)
            changed.AsSpan(row * features, features).Fill(value);
        return data with { Floats = changed };
    }

    private Split SplitOf(DataSet data, Parameters spec) => Split.Of(preparation.Decoded(data), spec);

    /// <summary>Mean and deviation of each feature over the training rows as a network sees them, in float32.</summary>
    private static (double Mean, double Deviation)[] TrainingMoments(PreparedData data)
    {
        var moments = new (double, double)[data.Header.Features];
        var column = new double[data.Header.Training];
        for (var j = 0; j < moments.Length; j++)
        {
            for (var row = 0; row < column.Length; row++)
                column[row] = Value(data, row, j);
            var mean = column.Average();
            moments[j] = (mean, Math.Sqrt(column.Average(x => (x - mean) * (x - mean))));
        }
        return moments;
    }

    /// <summary>A feature as a network sees it.</summary>
    private static float Value(PreparedData data, int row, int feature)
    {
        var map = row < data.Header.Training + data.Header.Validation ? data.Map : data.TestMap;
        return ((data.Header.Bytes ? data.ByteRow(row)[feature] : data.FloatRow(row)[feature]) - map.Shift[feature])
            * map.Scale[feature];
    }
}
