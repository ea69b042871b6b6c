using System.Text;
using System.Text.Json;

namespace Pipeline.Artifacts.Tests;

public sealed class DataPreviewTests
{
    private const string Json = """
        {"data_set":"digits","samples":[{"channels":1,"height":1,"width":2,"values":"AAAAAAAAgD8="}],
        "chains":[{"preprocessing":"center+pca(0.99)","samples":[{"channels":1,"height":1,"width":2,"values":"AAAgwAAAwH8="}]}],
        "mean":{"channels":1,"height":1,"width":2,"values":"AAAAPwAAAL8="},
        "eigen_images":[{"channels":1,"height":1,"width":2,"values":"AAAAAAAAgD8="}],"eigen_shares":[0.1]}
        """;

    private static readonly DataPreview Preview = new()
    {
        DataSet = "digits",
        Samples = [new(1, 1, 2, [0, 1])],
        Chains = [new("center+pca(0.99)", [new(1, 1, 2, [-2.5f, float.NaN])])],
        Mean = new(1, 1, 2, [0.5f, -0.5f]),
        EigenImages = [new(1, 1, 2, [0, 1])],
        EigenShares = [0.1],
    };

    [Fact]
    public void A_preview_is_written_with_its_values_in_base64() =>
        Assert.Equal(OneLine(Json), Encoding.UTF8.GetString(ArtifactEncoding.Encode(Preview)));

    [Fact]
    public void A_preview_comes_back_byte_for_byte()
    {
        var bytes = ArtifactEncoding.Encode(Preview);
        var back = ArtifactEncoding.DecodeDataPreview(bytes);

        Assert.Equal(bytes, ArtifactEncoding.Encode(back));
        Assert.Equal((1, 1, 2), (back.Mean.Channels, back.Mean.Height, back.Mean.Width));
        Assert.Equal([0.5f, -0.5f], back.Mean.Values);
        Assert.Equal([-2.5f, float.NaN], back.Chains[0].Samples[0].Values);
    }

    [Fact]
    public void Every_NaN_has_the_same_bytes()
    {
        var negative = Preview with { Mean = new(1, 1, 1, [BitConverter.UInt32BitsToSingle(0xFFC00001)]) };
        var positive = Preview with { Mean = new(1, 1, 1, [float.NaN]) };

        Assert.Equal(ArtifactEncoding.Encode(positive), ArtifactEncoding.Encode(negative));
    }

    [Theory]
    [InlineData("AAAgwAAAwH8=", "AAAgwAAAwH8")]
    [InlineData("AAAgwAAAwH8=", "AAAgwAAAwA==")]
    [InlineData("AAAgwAAAwH8=", "AAAgwA==")]
    [InlineData("\"AAAgwAAAwH8=\"", "null")]
    [InlineData("\"AAAgwAAAwH8=\"", "[-2.5,1]")]
    [InlineData("\"channels\":1,", "")]
    [InlineData("\"height\":1,", "\"height\":-1,")]
    [InlineData("\"mean\":", "\"means\":")]
    [InlineData("0.1]}", "0.1]")]
    public void What_is_no_preview_is_refused(string part, string replacement)
    {
        var json = OneLine(Json).Replace(part, replacement, StringComparison.Ordinal);

        Assert.ThrowsAny<JsonException>(() => ArtifactEncoding.DecodeDataPreview(Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData(0, 1, 1, 0)]
    [InlineData(2, 1, 1, 2)]
    [InlineData(1, 0, 2, 0)]
    [InlineData(1, -1, -2, 2)]
    [InlineData(3, 2, 2, 4)]
    [InlineData(1, 65536, 65536, 0)]
    public void Values_that_are_no_picture_are_refused(int channels, int height, int width, int count) =>
        Assert.Throws<ArgumentException>(() => new Picture(channels, height, width, new float[count]));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(4, 2, 2)]
    [InlineData(5, 2, 3)]
    [InlineData(7, 3, 3)]
    [InlineData(154, 12, 13)]
    public void Components_stand_in_reading_order_on_a_grid_about_square(int count, int height, int width)
    {
        var components = Enumerable.Range(1, count).Select(i => (float)i).ToArray();

        var picture = Picture.OfComponents(components);

        Assert.Equal((1, height, width), (picture.Channels, picture.Height, picture.Width));
        Assert.Equal(components, picture.Values[..count]);
        Assert.All(picture.Values[count..], value => Assert.Equal(float.NaN, value));
    }

    [Fact]
    public void No_components_are_no_picture() => Assert.Throws<ArgumentException>(() => Picture.OfComponents([]));

    [Fact]
    public void Bytes_that_are_no_float32_numbers_are_refused() =>
        Assert.Throws<ArgumentException>(() => LittleEndian.ToSingles(new byte[5]));

    private static string OneLine(string json) => json.ReplaceLineEndings("");
}
