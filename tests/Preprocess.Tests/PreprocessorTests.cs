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
        Assert.All(data.Map.Shift.ToArray(), shift => Assert.Equal(0, shift));
        Assert.All(data.Map.Scale.ToArray(), scale => Assert.Equal(1, scale));
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
    public void Float_rows_are_stored_as_the_chain_makes_them()
    {
        var data = preparation.Prepare(Wine, Preparation.Spec("none", seed: 2));

        var rows = Rows(Wine, seed: 2);
        Assert.Equal(rows.Select(row => Wine.Labels[row]), data.Labels.ToArray());
        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(Wine.Floats!.AsSpan(rows[i] * 13, 13), data.FloatRow(i));
    }

    [Fact]
    public void A_published_test_split_comes_last_and_in_order()
    {
        var data = preparation.Prepare(Wine with { PublishedTest = 28 }, Preparation.Spec("none"));

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

    [Theory]
    [InlineData("none")]
    [InlineData("center_channels")]
    [InlineData("standardize+shift(2)")]
    [InlineData("scale_to_range(-1,1)+flatten+scale(0.5)")]
    [InlineData("standardize+pad_crop_flip")]
    public void Bytes_stay_bytes_where_features_are_mapped_one_by_one(string chain)
    {
        var (mapped, raw) = (
            preparation.Prepare(Digits, Preparation.Spec(chain)),
            preparation.Prepare(Digits, Preparation.Spec("none"))
        );

        Assert.True(mapped.Header.Bytes, "the rows stay bytes");
        Assert.Equal(raw.Labels, mapped.Labels);
        for (var row = 0; row < 1797; row++)
            Assert.Equal(raw.ByteRow(row), mapped.ByteRow(row));
    }

    [Fact]
    public void Bytes_become_floats_where_float32_would_round_too_much()
    {
        // A pixel that is 255 but for one row: its mean is large beside its deviation.
        byte[] pixels = [.. Enumerable.Repeat((byte)255, 10_000)];
        pixels[7] = 254;
        var data = new DataSet
        {
            Shape = [1],
            Classes = 2,
            Bytes = pixels,
            Labels = new int[10_000],
        };

        var prepared = preparation.Prepare(
            data,
            new([.. Enumerable.Range(0, 9_000)], [9_000], [.. Enumerable.Range(9_001, 999)]),
            "standardize"
        );

        Assert.False(prepared.Header.Bytes, "the rows are floats");
        var share = 1.0 / 9_000;
        Assert.Equal(-Math.Sqrt((1 - share) / share), prepared.FloatRow(7)[0], 1e-4);
        Assert.Equal(Math.Sqrt(share / (1 - share)), prepared.FloatRow(0)[0], 1e-8);
    }

    [Theory]
    [InlineData("decorrelate+standardize", 0)]
    [InlineData("decorrelate+scale_to_range", 0)]
    [InlineData("decorrelate+scale_to_range(1, 2)", 1)]
    public void Directions_that_the_training_rows_do_not_reach_are_not_blown_up(string chain, float constant)
    {
        // Some pixels of the digits are always 0, so that not all of the 64 components vary.
        var data = preparation.Prepare(Digits, Preparation.Spec(chain));

        var rows = Enumerable.Range(0, data.Header.Rows).Select(row => data.FloatRow(row).ToArray()).ToArray();
        Assert.All(rows, row => Assert.InRange(row.Max(Math.Abs), 0, 1000));
        Assert.All(rows.Take(data.Header.Training), row => Assert.Equal(constant, row[63], 1e-6));
    }

    [Theory]
    [InlineData("pca(5)", 5)]
    [InlineData("flatten", 64)]
    [InlineData("decorrelate", 64)]
    [InlineData("whiten_pca", 64)]
    [InlineData("standardize+pca(0.5)", 64)]
    public void A_chain_tells_the_shape_that_it_leaves(string chain, int features)
    {
        Assert.Equal([features], Preprocessor.Shape(Preparation.Spec(chain), [1, 8, 8]));
        Assert.InRange(Assert.Single(preparation.Prepare(Digits, Preparation.Spec(chain)).Header.Shape), 1, features);
    }

    [Theory]
    [InlineData("center_channels", "center_channels needs images, but a sample has the shape [13]: use center.")]
    [InlineData("pad_crop_flip", "pad_crop_flip needs images, but a sample has the shape [13]: leave it out.")]
    [InlineData("pca(14)", "pca asks for 14 components, but there are 13 features: ask for fewer.")]
    public void What_does_not_fit_the_shape_is_refused(string chain, string message)
    {
        Assert.Equal(
            message,
            Assert.Throws<InvalidDataException>(() => Preprocessor.Shape(Preparation.Spec(chain), [13])).Message
        );
        Assert.Equal(
            message,
            Assert.Throws<InvalidDataException>(() => preparation.Bytes(Wine, Preparation.Spec(chain))).Message
        );
    }

    [Fact]
    public void Nothing_is_fitted_to_images_that_change_at_random()
    {
        Assert.Equal([1, 8, 8], Preprocessor.Shape(Preparation.Spec("pad_crop_flip+shift(1)+scale(2)"), [1, 8, 8]));
        Assert.Equal(
            "standardize would be fitted to images that change at random while they train: put it before what changes them.",
            Assert
                .Throws<InvalidDataException>(() =>
                    Preprocessor.Shape(Preparation.Spec("pad_crop_flip+standardize"), [1, 8, 8])
                )
                .Message
        );
    }

    [Fact]
    public void An_augmentation_goes_with_the_data() =>
        Assert.Equal(
            new Augmentation(2, 0.25),
            preparation.Prepare(Digits, Preparation.Spec("center+pad_crop_flip(2,0.25)")).Header.Augmentation
        );

    [Fact]
    public void An_empty_split_is_refused() =>
        Assert.Throws<InvalidDataException>(() => preparation.Bytes(Wine, Preparation.Spec("none", share: 0.001)));

    [Fact]
    public void A_chain_is_read_from_left_to_right() =>
        Assert.Equal(
            ["center", "standardize"],
            Preprocessor.Chain(Preparation.Spec("center+standardize")).Select(call => call.Name)
        );

    [Theory]
    [InlineData("")]
    [InlineData("center+")]
    [InlineData("center++standardize")]
    [InlineData("center,standardize")]
    public void What_is_no_chain_is_refused(string chain) =>
        Assert.Throws<FormatException>(() => preparation.Bytes(Wine, Preparation.Spec(chain)));

    [Fact]
    public void An_unknown_transform_is_refused() =>
        Assert.Throws<ArgumentException>(() => preparation.Bytes(Wine, Preparation.Spec("center+standardise")));

    [Fact]
    public void Only_split_seed_and_chain_are_read()
    {
        var spec = Parameters.Of(
            Preparation
                .Spec("none")
                .Keys.Append("dataset")
                .Append("epochs")
                .Select(key => KeyValuePair.Create(key, Scalar.Of(0L)))
        );

        Assert.Equal(
            ["preprocessing", "seed", "split.seed", "split.test", "split.validation"],
            spec.Where(Preprocessor.Reads).Keys
        );
    }

    private int[] Rows(DataSet data, int seed)
    {
        var split = Split.Of(preparation.Decoded(data), Preparation.Spec("none", seed));
        return [.. split.Training, .. split.Validation, .. split.Test];
    }
}
