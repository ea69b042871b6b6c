using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed partial class PlotTests
{
    private static readonly StudyTables Everything = Plotted.Curves with { Layers = Plotted.Layers.Layers };

    [Theory]
    [InlineData("accuracy.svg")]
    [InlineData("curve-train-loss.svg")]
    [InlineData("layers-weight-gradient-norm.svg")]
    public void The_plots_of_a_study(string file) => Snapshot.Matches("plotted-" + file, Render(Everything)[file]);

    [Fact]
    public void The_way_of_weights() =>
        Snapshot.Matches("weights-trajectory.svg", Render(Plotted.Weights)["trajectory.svg"]);

    [Fact]
    public void The_page_of_a_study_with_plots() =>
        Snapshot.Matches("plotted-README.md", Render(Everything)["README.md"]);

    [Fact]
    public void Plots_are_well_formed_say_what_they_are_and_hold_no_absurd_number() =>
        Assert.All(
            Svgs(Extreme()).Concat(Svgs(Everything)).Concat(Svgs(Plotted.Weights)),
            file =>
            {
                var root = SvgTests.Parse(file.Value).Root!;
                Assert.Equal("img", root.Attribute("role")!.Value);
                Assert.All(["title", "desc"], name => Assert.NotEmpty(root.Element(root.Name.Namespace + name)!.Value));
                Assert.DoesNotMatch(Absurd(), Encoding.UTF8.GetString(file.Value));
                Assert.InRange(file.Value.Length, 1, 150_000);
            }
        );

    [Fact]
    public void Nothing_is_cut_at_the_right_or_below() =>
        Assert.All(
            Svgs(Everything).Concat(Svgs(Plotted.Weights)),
            file =>
            {
                var root = SvgTests.Parse(file.Value).Root!;
                var (width, height) = (Number(root, "width"), Number(root, "height"));
                Assert.All(
                    root.Elements(root.Name.Namespace + "text").Where(text => text.Attribute("transform") is null),
                    text =>
                    {
                        var size = TextWidth.Of(text.Value);
                        var left =
                            Number(text, "x")
                            - (
                                text.Attribute("text-anchor")?.Value switch
                                {
                                    "middle" => size / 2,
                                    "end" => size,
                                    _ => 0,
                                }
                            );
                        Assert.True(
                            left >= -0.5 && left + size <= width + 0.5,
                            $"{file.Key}: '{text.Value}' from {left} to {left + size} of {width}"
                        );
                        Assert.InRange(Number(text, "y"), 0, height);
                    }
                );
            }
        );

    [Fact]
    public void The_same_tables_give_the_same_plots()
    {
        var decoded = ArtifactEncoding.DecodeStudyTables(ArtifactEncoding.Encode(Everything));

        Assert.All(Svgs(Everything), file => Assert.Equal(file.Value, Render(decoded)[file.Key]));
    }

    [Fact]
    public void A_heat_map_has_a_text_a_cell()
    {
        var texts = Texts(Render(Everything)["accuracy.svg"]);

        Assert.Equal(
            ["96.9", "96.5", "32.5 †1", "div"],
            new[] { "96.9", "96.5", "32.5 †1", "div" }.Where(texts.Contains)
        );
        Assert.Contains("†n: n runs diverged, which count as 0", texts);
    }

    [Fact]
    public void More_panels_than_can_be_read_are_left_out_with_a_sentence()
    {
        var many = new Axis("many", [.. Enumerable.Range(0, 13).Select(i => Scalar.Of((long)i))]);
        var tables = Studies.Grid with
        {
            Plan = Studies.Grid.Plan with { Scientific = [.. Studies.Grid.Plan.Scientific.Take(2), many] },
            Cells =
            [
                .. many.Values.Select(value =>
                    Studies.Grid.Cells[0] with
                    {
                        Values = [.. Studies.Grid.Cells[0].Values.Take(2), value],
                    }
                ),
            ],
        };

        var files = Render(tables);

        Assert.DoesNotContain("accuracy.svg", files.Keys);
        Assert.Contains(
            "A heat map of 13 panels would be too small to read.",
            Encoding.UTF8.GetString(files["README.md"]),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<summary>The numbers, in 13 tables</summary>",
            Encoding.UTF8.GetString(files["README.md"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Only_the_deepest_networks_are_shown_layer_by_layer()
    {
        var tables = Studies.Line with
        {
            Layers =
            [
                .. from cell in new[] { 0, 1, 2 }
                from layer in Enumerable.Range(1, cell + 2)
                select Plotted.Row(cell, 0, layer, "dead_share", new(0.5, null, null)),
            ],
        };

        var texts = Texts(Render(tables)["layers-dead-share.svg"]);

        Assert.Contains("The deepest networks alone: model.depth=4", texts);
        Assert.Contains("dead_share by layer, at initialization", texts);
    }

    [Fact]
    public void A_single_layer_is_shown_epoch_by_epoch()
    {
        var tables = Studies.Line with
        {
            Layers =
            [
                .. from cell in new[] { 0, 1, 2 }
                from epoch in new[] { 0, 1, 2 }
                select Plotted.Row(cell, epoch, 1, "dead_share", new(epoch / 4.0, null, null)),
            ],
        };

        Assert.Contains("dead_share by epoch", Texts(Render(tables)["epochs-dead-share.svg"]));
    }

    [Fact]
    public void Of_many_epochs_two_hundred_points_are_drawn()
    {
        var tables = WithLoss([.. Enumerable.Range(0, 5000).Select(epoch => (double?)(1 + (epoch % 2)))]);

        Assert.InRange(Render(tables)["curve-train-loss.svg"].Length, 1000, 20_000);
    }

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(1e-6, false)]
    public void A_curve_that_ends_at_0_says_that_a_logarithmic_axis_has_no_0(double last, bool expected) =>
        Assert.Equal(
            expected,
            Texts(Render(WithLoss([1, 0.001, last]))["curve-train-loss.svg"])
                .Contains("A value of 0 has no place on this axis.")
        );

    /// <summary>Tables with one curve.</summary>
    private static StudyTables WithLoss(double?[] mean) =>
        Studies.Line with
        {
            Curves =
            [
                new()
                {
                    Cell = 0,
                    Curve = "train_loss",
                    Mean = mean,
                    Half = mean,
                    Runs = [.. mean.Select(_ => 2)],
                },
            ],
        };

    // Whatever can go wrong with numbers: none, not finite, of all sizes and signs.
    private static StudyTables Extreme() =>
        Everything with
        {
            Curves =
            [
                new()
                {
                    Cell = 0,
                    Curve = "train_loss",
                    Mean = [1e300, null, 1e-300, -5, 1e308],
                    Half = [null, null, 1e308, 0, null],
                    Runs = [2, 2, 2, 2, 1],
                },
                new()
                {
                    Cell = 1,
                    Curve = "train_loss",
                    Mean = [null],
                    Half = [null],
                    Runs = [1],
                },
            ],
            Layers =
            [
                .. new[] { double.NaN, 1e308, -1e308, 0, 1e-320 }.Select(
                    (value, i) =>
                        Plotted.Row(0, 0, i + 1, "odd", new(value, double.NegativeInfinity, double.PositiveInfinity))
                ),
                .. Enumerable.Range(1, 3).Select(layer => Plotted.Row(1, 0, layer, "none", new(null, null, null))),
                .. Enumerable.Range(1, 3).Select(layer => Plotted.Row(1, 0, layer, "equal", new(7, 7, 7))),
                .. Enumerable
                    .Range(1, 3)
                    .Select(layer => Plotted.Row(2, 0, layer, "far", new(layer == 1 ? -1e9 : layer, null, null))),
            ],
        };

    [GeneratedRegex("NaN|Infinity|∞|\\d{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Absurd();

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string[] Texts(byte[] svg)
    {
        var root = SvgTests.Parse(svg).Root!;
        return [.. root.Elements(root.Name.Namespace + "text").Select(text => text.Value)];
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Svgs(StudyTables tables) =>
        Render(tables).Where(file => file.Key.EndsWith(".svg", StringComparison.Ordinal));

    private static SortedDictionary<string, byte[]> Render(StudyTables tables) =>
        Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal));
}
