using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed partial class HtmlReportTests
{
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, double[]>> Curves =
    [
        .. Studies.Grid.Runs.Select(run => new Dictionary<string, double[]>(StringComparer.Ordinal)
        {
            ["train_loss"] = [2.34567, double.NaN, run.Seed],
        }),
    ];

    [Fact]
    public void The_same_tables_give_the_same_page() => Assert.Equal(Page(), Page());

    [Fact]
    public void The_page_names_no_address_elsewhere()
    {
        Assert.DoesNotContain("http:", Page(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", Page(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Loading(), Page());
        Assert.Contains("default-src 'none'", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_and_a_run_are_places_on_the_axes()
    {
        var data = Data();

        Assert.Equal(Studies.Grid.Cells.Count, data.GetProperty("cells").GetArrayLength());
        var last = data.GetProperty("cells")[10];
        Assert.Equal("[2,1,1]", last.GetProperty("at").GetRawText());
        Assert.Equal("[1,1]", last.GetProperty("chosen").GetRawText());
        var runs = data.GetProperty("runs");
        Assert.Equal(
            Studies.Grid.Runs.Select(run => run.Run),
            runs.GetProperty("id").EnumerateArray().Select(id => id.GetString())
        );
        Assert.Equal("[0,0,0,0,0]", runs.GetProperty("at")[0].GetRawText());
        Assert.Equal(Studies.Grid.Metrics.Count, runs.GetProperty("metrics").GetArrayLength());
    }

    [Fact]
    public void Colours_begin_and_end_where_those_of_heat_maps_do()
    {
        var colours = Data().GetProperty("colours");

        Assert.Equal("[0.2,1,1]", colours[0].GetRawText());
        Assert.Equal("[1,3,-1]", colours[1].GetRawText());
    }

    [Fact]
    public void Numbers_of_single_runs_have_three_digits_and_those_that_are_none_are_null()
    {
        var data = Data();

        Assert.Equal("[2.35,null,1]", data.GetProperty("curves").GetProperty("train_loss")[0].GetRawText());
        Assert.Equal("0.968", data.GetProperty("runs").GetProperty("metrics")[0][0].GetRawText());
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1")]
    [InlineData(20, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20")]
    [InlineData(39, "1 3 5 7 9 11 13 15 17 19 21 23 25 27 29 31 33 35 37 39")]
    public void Long_curves_are_thinned_evenly(int last, string epochs) =>
        Assert.Equal(epochs, string.Join(' ', Thinning.Epochs(last, 5000)));

    [Fact]
    public void Longest_curves_keep_as_many_different_epochs_as_a_page_has_room_for_with_first_and_last()
    {
        foreach (var (curves, most) in ((int, int)[])[(0, 200), (200, 200), (800, 50), (2_000, 20), (1_000_000, 20)])
        {
            var epochs = Thinning.Epochs(100_000, curves);

            Assert.Equal(most, epochs.Distinct().Count());
            Assert.Equal((1, 100_000), (epochs[0], epochs[^1]));
            Assert.Equal(most, Thinning.Epochs(most, curves).Length);
        }
    }

    [Fact]
    public void Curves_of_other_runs_are_refused() =>
        Assert.Throws<ArgumentException>(() => HtmlReport.Study(Studies.Grid, [], []));

    [Fact]
    public void What_probes_measured_stands_by_cell_epoch_and_layer_in_three_digits()
    {
        var layers = Data(Plotted.Layers).GetProperty("layers");

        Assert.Equal("[0,15]", layers.GetProperty("epochs").GetRawText());
        Assert.Equal("""["layers.0","layers.1","layers.2"]""", layers.GetProperty("names")[0].GetRawText());
        var probe = layers.GetProperty("probes")[0];
        Assert.Equal("weight_gradient_norm", probe.GetProperty("name").GetString());
        Assert.Equal("[[10,1,0.1],[10,1,0.1]]", probe.GetProperty("mean")[9].GetRawText());
        Assert.Equal("[[5,0.5,0.05],[5,0.5,0.05]]", probe.GetProperty("half")[9].GetRawText());
    }

    [Fact]
    public void Cells_and_layers_that_a_probe_has_no_value_for_are_empty()
    {
        var tables = Studies.Grid with
        {
            Layers =
            [
                Plotted.Row(1, 0, 1, "scale", new(1.23456, 1.1, 1.369)),
                Plotted.Row(1, 0, 3, "scale", new(2, null, null)),
                Plotted.Row(1, 4, 2, "other", new(null, null, null)),
            ],
        };

        var layers = Data(tables).GetProperty("layers");

        Assert.Equal("[]", layers.GetProperty("names")[0].GetRawText());
        var (other, scale) = (layers.GetProperty("probes")[0], layers.GetProperty("probes")[1]);
        Assert.Equal("[]", scale.GetProperty("mean")[0].GetRawText());
        Assert.Equal("[[1.23,null,2],[]]", scale.GetProperty("mean")[1].GetRawText());
        Assert.Equal("[[0.134,null,null],[]]", scale.GetProperty("half")[1].GetRawText());
        Assert.Equal("[[],[null,null]]", other.GetProperty("mean")[1].GetRawText());
    }

    [Fact]
    public void Many_epochs_of_probes_are_thinned_as_curves_are()
    {
        var tables = Studies.Grid with
        {
            Layers =
            [
                .. Enumerable.Range(0, 401).Select(epoch => Plotted.Row(0, epoch, 1, "scale", new(epoch, null, null))),
            ],
        };

        var layers = Data(tables).GetProperty("layers");

        var epochs = layers.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetInt32()).ToList();
        Assert.Equal((200, 0, 400), (epochs.Count, epochs[0], epochs[^1]));
        Assert.Equal(
            epochs,
            layers
                .GetProperty("probes")[0]
                .GetProperty("mean")[0]
                .EnumerateArray()
                .Select(values => values[0].GetInt32())
        );
    }

    [Fact]
    public void Pictures_that_several_studies_show_stand_on_the_page_once()
    {
        var (first, second) = (Previews.Small, Previews.Small with { DataSet = "again", Chains = [] });

        var page = Encoding.UTF8.GetString(HtmlReport.Page([Part(Studies.Grid, first), Part(Studies.Grid, second)]));

        // Of the four rows, that of centred samples looks like that of samples as they are.
        Assert.Equal(2, Occurrences(page, "data-study="));
        Assert.Equal(3, Occurrences(page, " data-picture="));
        Assert.Equal(3, Occurrences(Encoding.UTF8.GetString(Part(Studies.Grid, first)), " data-picture="));
    }

    [Fact]
    public void A_row_of_samples_says_what_it_shows_and_names_its_picture()
    {
        var row = Data(Studies.Grid, Previews.Small).GetProperty("data")[0].GetProperty("rows")[1];

        Assert.Equal("after center", row.GetProperty("caption").GetString());
        Assert.Equal("-22.5 (black) to 22.5 (white)", row.GetProperty("note").GetString());
        Assert.Equal("16 samples of small after center", row.GetProperty("alternative").GetString());
        Assert.Equal(
            (47, 3, 47),
            (
                row.GetProperty("width").GetInt32(),
                row.GetProperty("height").GetInt32(),
                row.GetProperty("room").GetInt32()
            )
        );
        Assert.Contains(
            $"data-picture=\"{row.GetProperty("picture").GetString()}\"",
            Encoding.UTF8.GetString(Part(Studies.Grid, Previews.Small)),
            StringComparison.Ordinal
        );
    }

    private static string Page() => Encoding.UTF8.GetString(HtmlReport.Page([Part(Plotted.Layers, Previews.Small)]));

    private static byte[] Part(StudyTables tables, params DataPreview[] previews) =>
        HtmlReport.Study(tables, Curves, previews);

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private static JsonElement Data() => Data(Studies.Grid);

    private static JsonElement Data(StudyTables tables, params DataPreview[] previews)
    {
        var packed = Packed().Match(Encoding.UTF8.GetString(Part(tables, previews))).Groups["packed"].Value;
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(gzip);
        return document.RootElement.Clone();
    }

    [GeneratedRegex(
        ">(?<packed>[A-Za-z0-9+/=]+)</script>",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Packed();

    [GeneratedRegex(
        "<(script|img|iframe|link)[^>]* (src|href)=\"(?!data:)|@import|url\\(|fetch\\(|XMLHttpRequest|import\\(",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Loading();
}
