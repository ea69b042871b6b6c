using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Preprocess.DataSets;
using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Preprocess.Tests;

public sealed class TransformTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private static readonly DataSet Wine = ShippedData.Read("wine", ShippedData.Wine);

    private readonly Preparation preparation = new();

    public static TheoryData<string> Chains => ["none", "center", "standardize", "center+standardize", "standardize+standardize"];

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

        Assert.All(data.Scale.ToArray(), scale => Assert.Equal(1, scale));
        Assert.All(TrainingMoments(data), m => Assert.Equal(0, m.Mean, 1e-4));
    }

    [Fact]
    public void None_changes_nothing()
    {
        var data = preparation.Prepare(Wine, Preparation.Spec("none"));

        Assert.All(data.Shift.ToArray(), shift => Assert.Equal(0, shift));
        Assert.All(data.Scale.ToArray(), scale => Assert.Equal(1, scale));
    }

    [Theory]
    [InlineData("center+standardize")]
    [InlineData("none+standardize+none")]
    [InlineData("standardize+standardize")]
    public void A_chain_that_amounts_to_standardizing_is_standardizing(string chain)
    {
        var expected = preparation.Prepare(Wine, Preparation.Spec("standardize"));
        var actual = preparation.Prepare(Wine, Preparation.Spec(chain));

        for (var j = 0; j < 13; j++)
        {
            Assert.Equal(expected.Shift[j], actual.Shift[j], 1e-6 * Math.Abs(expected.Shift[j]));
            Assert.Equal(expected.Scale[j], actual.Scale[j], 1e-6 * expected.Scale[j]);
        }
    }

    // 0.1 and its like have no short binary form: their sums are where rounding would show.
    [Theory]
    [MemberData(nameof(Chains))]
    public void A_constant_feature_is_not_blown_up(string chain)
    {
        float[] constants = [0, 0.1f, -0.3f, 1e-30f, 1e30f, 16777217f];
        var rows = 1000;
        var data = new DataSet
        {
            Shape = [constants.Length + 1],
            Classes = 2,
            Floats = [.. Enumerable.Range(0, rows).SelectMany(row => constants.Append(row))],
            Labels = new int[rows],
        };

        var prepared = preparation.Prepare(data, Preparation.Spec(chain));

        for (var j = 0; j < constants.Length; j++)
        {
            Assert.Equal(1, prepared.Scale[j]);
            Assert.Equal(chain == "none" ? constants[j] : 0, constants[j] - prepared.Shift[j]);
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Only_the_training_rows_are_looked_at(string chain)
    {
        var split = SplitOf(Wine, Preparation.Spec(chain));
        var before = preparation.Prepare(Wine, Preparation.Spec(chain));

        var after = preparation.Prepare(With(Wine, [.. split.Validation, .. split.Test], 1e6f), Preparation.Spec(chain));

        Assert.Equal(before.Shift, after.Shift);
        Assert.Equal(before.Scale, after.Scale);
    }

    [Fact]
    public void Every_training_row_is_looked_at()
    {
        var spec = Preparation.Spec("standardize");
        var before = preparation.Prepare(Wine, spec).Shift.ToArray();
        var training = SplitOf(Wine, spec).Training;

        foreach (var row in (int[])[training[0], training[^1]])
        {
            var after = preparation.Prepare(With(Wine, [row], 1e6f), spec);
            for (var j = 0; j < before.Length; j++)
                Assert.NotEqual(before[j], after.Shift[j]);
        }
    }

    [Fact]
    public void Moments_have_the_number_of_rows_as_divisor()
    {
        var data = new DataSet { Shape = [2], Classes = 2, Floats = [1, 10, 3, 10, 99, 99], Labels = [0, 1, 0] };

        var moments = FeatureMoments.Of(preparation.Decoded(data), [0, 1]);

        Assert.Equal([2, 10], moments.Mean);
        Assert.Equal([1, 0], moments.Deviation);
    }

    [Fact]
    public void Moments_follow_a_map()
    {
        var moments = new FeatureMoments([2], [3]).After(new([1], [-4]));

        Assert.Equal([-4], moments.Mean);
        Assert.Equal([12], moments.Deviation);
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

    private Split SplitOf(DataSet data, Parameters spec) =>
        Split.Of(preparation.Decoded(data).Header, spec.Number("split.validation"), spec.Number("split.test"), spec.Integer("seed"));

    /// <summary>Mean and deviation of each feature over the training rows as a network sees them, in float32.</summary>
    private static (double Mean, double Deviation)[] TrainingMoments(PreparedData data)
    {
        var moments = new (double, double)[data.Header.Features];
        var column = new double[data.Header.Training];
        for (var j = 0; j < moments.Length; j++)
        {
            for (var row = 0; row < column.Length; row++)
                column[row] = ((data.Header.Bytes ? data.ByteRow(row)[j] : data.FloatRow(row)[j]) - data.Shift[j]) * data.Scale[j];
            var mean = column.Average();
            moments[j] = (mean, Math.Sqrt(column.Average(x => (x - mean) * (x - mean))));
        }
        return moments;
    }
}
