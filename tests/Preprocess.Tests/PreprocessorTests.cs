using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class PreprocessorTests : IDisposable
{
    private static readonly DataSet Wine = ShippedData.Read("wine", ShippedData.Wine);
    private static readonly DataSet Digits = ShippedData.Read("digits", ShippedData.Digits);

    private readonly Preparation preparation = new();

    public void Dispose() => preparation.Dispose();

    [Fact]
    public void A_decoded_data_set_is_all_training_rows_but_the_published_test()
    {
        var data = preparation.Decoded(Digits with { PublishedTest = 97 });

        Assert.Equal((1700, 0, 97), (data.Header.Training, data.Header.Validation, data.Header.Test));
        Assert.Equal(Digits.Labels, data.Labels.ToArray());
        Assert.Equal(Digits.Bytes!.AsSpan(^64..), data.ByteRow(1796));
        Assert.All(data.Shift.ToArray(), shift => Assert.Equal(0, shift));
        Assert.All(data.Scale.ToArray(), scale => Assert.Equal(1, scale));
    }

    [Fact]
    public void Byte_rows_and_labels_go_in_the_order_training_validation_test()
    {
        var data = preparation.Prepare(Digits, Preparation.Spec("standardize", seed: 2));

        var rows = Rows(Digits, seed: 2);
        Assert.Equal((1079, 359, 359), (data.Header.Training, data.Header.Validation, data.Header.Test));
        Assert.Equal([1, 8, 8], data.Header.Shape);
        Assert.Equal(10, data.Header.Classes);
        Assert.Equal(rows.Select(row => Digits.Labels[row]), data.Labels.ToArray());
        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(Digits.Bytes!.AsSpan(rows[i] * 64, 64), data.ByteRow(i));
    }

    [Fact]
    public void Float_rows_are_stored_as_they_were()
    {
        var data = preparation.Prepare(Wine, Preparation.Spec("standardize", seed: 2));

        var rows = Rows(Wine, seed: 2);
        Assert.Equal(rows.Select(row => Wine.Labels[row]), data.Labels.ToArray());
        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(Wine.Floats!.AsSpan(rows[i] * 13, 13), data.FloatRow(i));
    }

    [Fact]
    public void A_published_test_split_comes_last_and_in_order()
    {
        var data = preparation.Prepare(Wine with { PublishedTest = 28 }, Preparation.Spec("center"));

        Assert.Equal((120, 30, 28), (data.Header.Training, data.Header.Validation, data.Header.Test));
        Assert.Equal(Wine.Labels[150..], data.Labels[150..].ToArray());
        for (var row = 150; row < 178; row++)
            Assert.Equal(Wine.Floats!.AsSpan(row * 13, 13), data.FloatRow(row));
    }

    [Fact]
    public void Equal_input_gives_equal_bytes()
    {
        var spec = Preparation.Spec("center+standardize", seed: 4);

        Assert.Equal(Digest.Of(preparation.Bytes(Digits, spec)), Digest.Of(preparation.Bytes(Digits, spec)));
    }

    [Fact]
    public void Every_parameter_that_is_read_changes_the_bytes()
    {
        byte[][] all =
        [
            preparation.Bytes(Wine, Preparation.Spec("standardize")),
            preparation.Bytes(Wine, Preparation.Spec("standardize", seed: 1)),
            preparation.Bytes(Wine, Preparation.Spec("standardize", share: 0.1)),
            preparation.Bytes(Wine, Preparation.Spec("center")),
        ];

        Assert.Equal(all.Length, all.Select(bytes => Digest.Of(bytes)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Another_transform_leaves_the_rows_alone()
    {
        var (standardized, raw) = (preparation.Prepare(Wine, Preparation.Spec("standardize")), preparation.Prepare(Wine, Preparation.Spec("none")));

        Assert.Equal(raw.Labels, standardized.Labels);
        for (var row = 0; row < 178; row++)
            Assert.Equal(raw.FloatRow(row), standardized.FloatRow(row));
    }

    [Fact]
    public void An_empty_split_is_refused() =>
        Assert.Throws<InvalidDataException>(() => preparation.Bytes(Wine, Preparation.Spec("none", share: 0.001)));

    [Fact]
    public void A_chain_is_read_from_left_to_right() =>
        Assert.Equal(["center", "standardize"], Preprocessor.Chain(Preparation.Spec("center+standardize")).Select(call => call.Name));

    [Theory]
    [InlineData("")]
    [InlineData("center+")]
    [InlineData("center++standardize")]
    [InlineData("center,standardize")]
    public void What_is_no_chain_is_refused(string chain) => Assert.Throws<FormatException>(() => preparation.Bytes(Wine, Preparation.Spec(chain)));

    [Fact]
    public void An_unknown_transform_is_refused() =>
        Assert.Throws<ArgumentException>(() => preparation.Bytes(Wine, Preparation.Spec("center+standardise")));

    [Fact]
    public void Only_split_seed_and_chain_are_read()
    {
        var spec = Parameters.Of(Preparation.Spec("none").Keys.Append("dataset").Append("epochs").Select(key => KeyValuePair.Create(key, Scalar.Of(0L))));

        Assert.Equal(["preprocessing", "seed", "split.test", "split.validation"], spec.Where(Preprocessor.Reads).Keys);
    }

    private int[] Rows(DataSet data, int seed)
    {
        var split = Split.Of(preparation.Decoded(data).Header, 0.2, 0.2, seed);
        return [.. split.Training, .. split.Validation, .. split.Test];
    }
}
