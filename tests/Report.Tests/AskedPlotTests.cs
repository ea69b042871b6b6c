using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed partial class AskedPlotTests
{
    private const string Probe = "probe(weight_gradient_norm,first,0)";

    private static readonly StudyTables Everything = Plotted.Curves with
    {
        Layers = [.. Plotted.Layers.Layers, .. Plotted.Weights.Layers],
    };

    private static readonly Plot[] Kinds =
    [
        Plot(PlotKind.Heatmap, ["activation", "initialization"], "normalization"),
        Plot(PlotKind.Heatmap, ["normalization", "activation"], metric: "test_loss"),
        Plot(PlotKind.Curves, ["train_loss"], "normalization"),
        Plot(PlotKind.Curves, ["validation_accuracy"]),
        Plot(PlotKind.Bars, ["activation"], "normalization"),
        Plot(PlotKind.Bars, ["normalization"], metric: "test_loss"),
        Plot(PlotKind.Layers, ["weight_gradient_norm"]),
        Plot(PlotKind.Trajectory, []),
    ];

    [Theory]
    [InlineData("heatmap-activation-initialization-by-normalization.svg")]
    [InlineData("heatmap-normalization-activation-metric-test-loss.svg")]
    [InlineData("curves-train-loss-by-normalization.svg")]
    [InlineData("bars-activation-by-normalization.svg")]
    [InlineData("bars-normalization-metric-test-loss.svg")]
    public void The_plots_that_a_study_asks_for(string file) =>
        Snapshot.Matches("asked-" + file, Render(Asked(Everything, Kinds))[file]);

    [Fact]
    public void The_page_of_a_study_that_asks_for_plots() =>
        Snapshot.Matches("asked-README.md", Render(Asked(Everything, Kinds))["README.md"]);

    [Fact]
    public void The_page_shows_exactly_what_is_asked_for_in_its_order()
    {
        var files = Render(Asked(Everything, [Kinds[3], Kinds[0]]));

        string[] shown = ["curves-validation-accuracy.svg", "heatmap-activation-initialization-by-normalization.svg"];
        Assert.Equal(shown, files.Keys.Where(IsPlot));
        var page = Page(files);
        Assert.True(
            page.IndexOf(shown[0], StringComparison.Ordinal) < page.IndexOf(shown[1], StringComparison.Ordinal)
        );
        Assert.DoesNotContain("## Learning curves", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_that_asks_for_none_shows_none()
    {
        var files = Render(Asked(Everything, []));

        Assert.DoesNotContain(files.Keys, IsPlot);
        Assert.DoesNotContain("## Plots", Page(files), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_of_the_data_are_shown_whatever_is_asked_for() =>
        Assert.Contains(
            "samples-small.svg",
            Reporter
                .Render(Asked(Everything, []), [Previews.Small], new Dictionary<string, string>(StringComparer.Ordinal))
                .Keys
        );

    [Theory]
    [InlineData(
        PlotKind.Bars,
        "test_loss",
        "`bars(many, metric: test_loss)`: 41 bars would be too many to read, so that 40 are drawn at most; a heat map shows more cells."
    )]
    [InlineData(
        PlotKind.Bars,
        Probe,
        "`bars(many, metric: probe(weight_gradient_norm,first,0))`: no cell has a mean to show."
    )]
    [InlineData(
        PlotKind.Heatmap,
        "test_loss",
        "`heatmap(activation, initialization, metric: test_loss)`: 41 panels would be too small to read, so that 12 are drawn at most."
    )]
    [InlineData(
        PlotKind.Heatmap,
        Probe,
        "`heatmap(activation, initialization, metric: probe(weight_gradient_norm,first,0))`: no cell has a mean to show."
    )]
    [InlineData(
        PlotKind.Curves,
        "many",
        "`curves(train_loss, by: many)`: 41 panels would be too small to read, so that 12 are drawn at most."
    )]
    [InlineData(PlotKind.Curves, null, "`curves(train_loss)`: no run lasted for two epochs.")]
    [InlineData(PlotKind.Layers, "dead_shore", "`layers(dead_shore)`: no probe measured this, but `dead_share`.")]
    [InlineData(
        PlotKind.Layers,
        "dead_share",
        "`layers(dead_share)`: there is nothing to draw over several layers or 3 epochs, or it takes more than 12 panels."
    )]
    [InlineData(
        PlotKind.Trajectory,
        null,
        "`trajectory`: no weights were followed over 3 epochs, or in more than 12 cells."
    )]
    public void Where_there_is_nothing_to_draw_the_page_says_why(PlotKind kind, string? name, string sentence)
    {
        var plot = kind switch
        {
            PlotKind.Bars => Plot(kind, ["many"], metric: name),
            PlotKind.Heatmap => Plot(kind, ["activation", "initialization"], metric: name),
            PlotKind.Curves => Plot(kind, ["train_loss"], name),
            PlotKind.Layers => Plot(kind, [name!]),
            _ => Plot(kind, []),
        };
        var tables = Many(41, i => new(i, i - 1, i + 1)) with
        {
            Layers = [Plotted.Row(0, 0, 1, "dead_share", new(0.5, null, null))],
        };

        var files = Render(Asked(tables, [plot]));

        Assert.Contains("\n" + sentence + "\n", Page(files), StringComparison.Ordinal);
        Assert.DoesNotContain(files.Keys, file => file.EndsWith(".svg", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_measured_is_said_too() =>
        Assert.Contains(
            "`layers(dead_share)`: nothing was measured.",
            Page(Render(Asked(Studies.Grid, [Plot(PlotKind.Layers, ["dead_share"])]))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Plots_whose_names_look_alike_have_files_of_their_own()
    {
        Plot[] plots =
        [
            Plot(PlotKind.Layers, ["a_b"]),
            Plot(PlotKind.Layers, ["A-B"]),
            Plot(PlotKind.Layers, [new('x', 200)]),
        ];
        var tables = Studies.Grid with
        {
            Layers =
            [
                .. plots.SelectMany(plot =>
                    Enumerable
                        .Range(1, 2)
                        .Select(layer => Plotted.Row(0, 0, layer, plot.Subject[0], new(layer, null, null)))
                ),
            ],
        };

        var files = Render(Asked(tables, plots)).Keys.Where(IsPlot);

        Assert.Equal(["layers-A-B-2.svg", "layers-a-b.svg", $"layers-{new string('x', 93)}.svg"], files);
    }

    [Fact]
    public void Bars_of_a_metric_that_spans_magnitudes_are_dots_on_a_logarithmic_axis()
    {
        var svg = Bars(Many(6, i => i == 0 ? new(0, 0, 0) : new(Math.Pow(10, i), -1, 2 * Math.Pow(10, i))));

        var root = SvgTests.Parse(svg).Root!;
        Assert.Empty(root.Elements(root.Name.Namespace + "rect"));
        Assert.Equal(5, root.Elements(root.Name.Namespace + "circle").Count());
        Assert.Contains("A value of 0 has no place on this axis.", Texts(svg));
        Assert.Contains("Where an interval reaches below 0, its lower half is left out.", Texts(svg));
    }

    [Fact]
    public void Bars_begin_at_zero_and_go_either_way()
    {
        var root = SvgTests.Parse(Bars(Many(2, i => new(i == 0 ? -2 : 1, null, null)))).Root!;

        var bars = root.Elements(root.Name.Namespace + "rect")
            .Select(bar => (X: Number(bar, "x"), Width: Number(bar, "width")))
            .ToArray();
        Assert.Equal(bars[0].X + bars[0].Width, bars[1].X, 0.02);
        Assert.Equal(bars[0].Width, 2 * bars[1].Width, 0.02);
    }

    [Fact]
    public void Cells_whose_runs_diverged_are_marked_and_have_no_bar()
    {
        var texts = Texts(Render(Asked(Everything, Kinds))["bars-activation-by-normalization.svg"]);

        string[] marks =
        [
            "32.5 ± 0.8 †1",
            "div",
            "div: all runs of the cell diverged",
            "†n: n runs diverged, which count as 0",
        ];
        Assert.Equal(marks, marks.Where(texts.Contains));
    }

    public static TheoryData<string> Awkward => [.. AwkwardTables.Keys];

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Awkward_numbers_and_names_are_drawn_whole_and_small(string name)
    {
        Plot[] plots =
        [
            Plot(PlotKind.Bars, ["many"], metric: "test_loss"),
            Plot(PlotKind.Bars, ["many"], by: "activation"),
            Plot(PlotKind.Bars, ["activation"], by: "many", metric: "test_loss"),
            Plot(PlotKind.Heatmap, ["many", "activation"], metric: "test_loss"),
            Plot(PlotKind.Heatmap, ["activation", "many"]),
        ];

        var files = Render(Asked(AwkwardTables[name], plots))
            .Where(file => file.Key.EndsWith(".svg", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(files);
        Assert.All(
            files,
            file =>
            {
                Assert.InRange(file.Value.Length, 1000, 32_768);
                Assert.DoesNotMatch("NaN|Infinity|∞", Encoding.UTF8.GetString(file.Value));
                AssertWhole(file.Key, file.Value);
            }
        );
    }

    private static readonly Dictionary<string, StudyTables> AwkwardTables = new(StringComparer.Ordinal)
    {
        ["one"] = Many(1, _ => new(0.25, 0.2, 0.3)),
        ["forty"] = Many(40, i => new(i / 40.0, (i - 3) / 40.0, (i + 3) / 40.0)),
        ["equal"] = Many(5, _ => new(0.5, 0.5, 0.5)),
        ["zero"] = Many(5, _ => new(0, 0, 0)),
        ["negative"] = Many(5, i => new(i - 3, i - 3.5, i - 2.5)),
        ["absent"] = Many(5, i => i == 0 ? new(0.5, null, null) : new(null, null, null)),
        ["odd"] = Many(
            5,
            i =>
                i switch
                {
                    0 => new(double.NaN, 0, 1),
                    1 => new(1, double.NegativeInfinity, double.PositiveInfinity),
                    _ => new(i, i - 40, i + 40),
                }
        ),
        ["magnitudes"] = Many(
            8,
            i => i == 0 ? new(0, 0, 0) : new(Math.Pow(10, 3 * (i - 4)), -1e-9, 2 * Math.Pow(10, 3 * (i - 4)))
        ),
        ["long"] = Many(
            6,
            i => new(0.1 + i, i, i + 0.2),
            i => $"standardize+whiten_pca({i}.01)+scale_to_range(0,1)+pad_crop_flip({i})"
        ),
    };

    // An axis "many" of so many values, all of them relu, with the same numbers as loss and as accuracy.
    private static StudyTables Many(int count, Func<int, Estimate> value, Func<int, string>? name = null)
    {
        var many = new Axis("many", [.. Enumerable.Range(0, count).Select(i => Scalar.Of(name?.Invoke(i) ?? $"v{i}"))]);
        return Studies.Grid with
        {
            Plan = Studies.Grid.Plan with { Scientific = [.. Studies.Grid.Plan.Scientific.Take(2), many] },
            Cells =
            [
                .. many.Values.Select(
                    (point, i) =>
                        Studies.Grid.Cells[0] with
                        {
                            Values = [.. Studies.Grid.Cells[0].Values.Take(2), point],
                            Metrics = [value(i), value(i), value(i)],
                        }
                ),
            ],
        };
    }

    private static byte[] Bars(StudyTables tables) =>
        Render(Asked(tables, [Plot(PlotKind.Bars, ["many"], metric: "test_loss")]))["bars-many-metric-test-loss.svg"];

    private static void AssertWhole(string name, byte[] svg)
    {
        var root = SvgTests.Parse(svg).Root!;
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
                    $"{name}: '{text.Value}' from {left} to {left + size} of {width}"
                );
                Assert.InRange(Number(text, "y"), 0, height);
            }
        );
    }

    private static Plot Plot(PlotKind kind, string[] subject, string? by = null, string? metric = null) =>
        new()
        {
            Kind = kind,
            Subject = subject,
            By = by,
            Metric = metric,
        };

    private static StudyTables Asked(StudyTables tables, Plot[] plots) =>
        tables with
        {
            Plan = tables.Plan with { Plots = plots },
        };

    // What was tuned is shown whatever is asked for.
    private static bool IsPlot(string file) =>
        file.EndsWith(".svg", StringComparison.Ordinal) && !file.StartsWith("tuned-", StringComparison.Ordinal);

    private static string Page(SortedDictionary<string, byte[]> files) => Encoding.UTF8.GetString(files["README.md"]);

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string[] Texts(byte[] svg)
    {
        var root = SvgTests.Parse(svg).Root!;
        return [.. root.Elements(root.Name.Namespace + "text").Select(text => text.Value)];
    }

    private static SortedDictionary<string, byte[]> Render(StudyTables tables) =>
        Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal));
}
