using System.Text;
using System.Xml.Linq;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed class SamplesTests
{
    private const string PngPrefix = "data:image/png;base64,";

    private static readonly Dictionary<string, string> Provenance = new(StringComparer.Ordinal);

    [Fact]
    public void The_picture_of_a_preview() => Snapshot.Matches("samples-small.svg", Svg(Previews.Small));

    [Fact]
    public void A_preview_read_back_from_its_encoding_gives_the_same_picture() =>
        Assert.Equal(
            Svg(Previews.Small),
            Svg(ArtifactEncoding.DecodeDataPreview(ArtifactEncoding.Encode(Previews.Small)))
        );

    [Fact]
    public void A_study_shows_its_pictures_and_lists_them_in_its_manifest()
    {
        var files = Reporter.Render(
            Studies.Line,
            [Previews.Small, Previews.Small with { DataSet = "[x](y)" }],
            Provenance
        );

        var page = Encoding.UTF8.GetString(files["README.md"]);
        Assert.Contains("\n## Data\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "![Samples of small: as they are, after center, after standardize+pca(0.9); "
                + "the mean image and the first 3 principal directions](samples-small.svg)",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("![Samples of \\[x\\](y): ", page, StringComparison.Ordinal);
        Assert.All(
            ["samples-small.svg", "samples-x-y.svg"],
            name =>
                Assert.Equal(
                    Digest.Of(files[name]),
                    ManifestEncoding.Decode(files[ResultFiles.Manifest])["file:" + name]
                )
        );
    }

    [Fact]
    public void Pictures_have_different_names_of_letters_digits_and_hyphens() =>
        Assert.Equal(
            [
                "samples-gaussian-blobs-3-10.svg",
                "samples-a-b.svg",
                "samples-A-b-2.svg",
                "samples-etc-passwd.svg",
                "samples.svg",
                "samples-2.svg",
            ],
            SamplesFigures
                .Of(
                    new[] { "gaussian_blobs(3,10)", "a_b", "A-b", "../etc/passwd", "数字", "" }.Select(name =>
                        Previews.Small with
                        {
                            DataSet = name,
                        }
                    )
                )
                .Select(figure => figure.File)
        );

    [Fact]
    public void Each_row_is_a_strip_with_a_transparent_pixel_between_samples()
    {
        var strips = Strips(Previews.Small);

        Assert.Equal([(3, 47), (3, 47), (3, 63), (3, 11)], strips.Select(strip => (strip.Height, strip.Width)));
        Assert.All(
            strips[0].Levels.Select((level, i) => (level, Column: i % 47)),
            pixel => Assert.Equal(pixel.Column % 3 == 2, pixel.level == Png.Transparent)
        );
    }

    [Fact]
    public void Samples_share_the_scale_of_their_row()
    {
        var (preview, strip) = (Previews.Small, Strips(Previews.Small)[0]);

        Assert.All(
            Enumerable.Range(0, 16 * 6),
            i =>
            {
                var (sample, row, column) = (i / 6, i / 2 % 3, i % 2);
                Assert.Equal(
                    1 + (254 * preview.Samples[sample].Values[(2 * row) + column] / 45),
                    strip.Levels[(47 * row) + (3 * sample) + column],
                    0.5
                );
            }
        );
        Assert.Equal(
            ["0 (black) to 45 (white)", "-22.5 (black) to 22.5 (white)", "-1.5 (black) to 1.88 (white)"],
            Texts(preview).Where(text => text.Contains("black)", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Components_that_do_not_fill_their_grid_leave_the_page_to_be_seen()
    {
        var strip = Strips(Previews.Small)[2];

        Assert.All(
            Enumerable.Range(0, 9),
            i => Assert.Equal(i >= 7, strip.Levels[(63 * (i / 3)) + (i % 3)] == Png.Transparent)
        );
    }

    [Fact]
    public void A_principal_direction_has_zero_in_the_middle_of_a_scale_of_its_own()
    {
        var preview = Previews.Small with
        {
            EigenImages = [new(1, 3, 2, [0, 0.25f, -0.5f, 0.5f, 0.125f, 0]), new(1, 3, 2, [0, -4, 2, 1, 0, 0])],
        };

        var strip = Strips(preview)[3];

        Assert.Equal([128, 192, 0, 128, 1], strip.Levels[3..8]);
        Assert.Equal([1, 255, 0, 192, 160], strip.Levels[11..16]);
    }

    [Fact]
    public void Colours_stay_in_their_pixels()
    {
        var red = new Picture(3, 1, 2, [1, 0.5f, 0, 0, 0, 1]);
        var preview = Previews.Of("colours", 3, 1, 2) with
        {
            Samples = [red, red],
            Mean = red,
            EigenImages = [],
            EigenShares = [],
        };

        var strip = Strips(preview)[0];

        Assert.Equal((3, 1, 5), (strip.Channels, strip.Height, strip.Width));
        Assert.Equal([255, 1, 1, 128, 1, 255, 0, 0, 0, 255, 1, 1, 128, 1, 255], strip.Levels);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.NegativeInfinity, 1)]
    [InlineData(-1, 1)]
    [InlineData(-0.5f, 64.5)]
    [InlineData(1, 255)]
    [InlineData(float.PositiveInfinity, 255)]
    public void Values_beyond_the_scale_are_black_or_white(float value, double level) =>
        Assert.Equal(level, new GreyScale(-1, 1).Level(value), 0.5);

    [Fact]
    public void A_scale_looks_at_finite_values_alone()
    {
        Assert.Equal(new(-2, 3), GreyScale.Spanning([new(1, 1, 4, [float.NaN, 3, float.NegativeInfinity, -2])]));
        Assert.Equal(new(0, 0), GreyScale.Spanning([new(1, 1, 1, [float.NaN])]));
        Assert.Equal(1, new GreyScale(5, 5).Level(5));
        Assert.Equal(new(0, 3), new GreyScale(2, 3).WithZero());
        Assert.Equal(new(-3, 3), new GreyScale(-1, 3).Symmetric());
    }

    [Theory]
    [InlineData(0, 255, "0 (black) to 255 (white)")]
    [InlineData(-1.2345, 65535, "-1.23 (black) to 65500 (white)")]
    [InlineData(-0.000012345, 0.1, "-1.23E-05 (black) to 0.1 (white)")]
    public void A_scale_is_told_in_three_significant_digits(double low, double high, string expected) =>
        Assert.Equal(expected, new GreyScale(low, high).ToString());

    [Fact]
    public void A_long_chain_goes_on_in_further_lines()
    {
        var chain = "scale_to_range(0,1)+contrast_normalize(1,0.001)+center+zca(0.001)+standardize";
        var preview = Previews.Of("small", 1, 3, 2, chain);

        Assert.Contains("after scale_to_range(0,1)+contrast_normalize(1,0.001)+", Texts(preview));
        Assert.Contains("center+zca(0.001)+standardize", Texts(preview));
        Assert.Contains(chain, SamplesFigures.Of([preview])[0].Alternative, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_different_shapes_make_no_row()
    {
        var preview = Previews.Small with { Samples = [.. Previews.Small.Samples.Skip(1), new(1, 2, 3, new float[6])] };

        Assert.Throws<ArgumentException>(() => Svg(preview));
    }

    [Theory]
    [InlineData(8, 3, 12_000)]
    [InlineData(28, 6, 200_000)]
    public void A_file_is_small(int side, int chains, int limit) =>
        Assert.InRange(
            Svg(Previews.Of("images", 1, side, side, [.. Enumerable.Range(0, chains).Select(i => $"zca({i})")])).Length,
            1,
            limit
        );

    private static byte[] Svg(DataPreview preview) => SamplesFigures.Of([preview])[0].Svg;

    private static List<string> Texts(DataPreview preview) => [.. Elements(preview, "text").Select(text => text.Value)];

    private static List<PngReader> Strips(DataPreview preview) =>
        [
            .. Elements(preview, "image")
                .Select(image =>
                    PngReader.Read(Convert.FromBase64String(image.Attribute("href")!.Value[PngPrefix.Length..]))
                ),
        ];

    private static IEnumerable<XElement> Elements(DataPreview preview, string name)
    {
        var root = SvgTests.Parse(Svg(preview)).Root!;
        return root.Descendants(root.Name.Namespace + name);
    }
}
