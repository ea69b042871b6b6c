using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipeline.Stages.Report.Tests;

public sealed partial class HtmlReportTests
{
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, double[]>> Curves =
    [
        .. Studies.Grid.Runs.Select(run => new Dictionary<string, double[]>(StringComparer.Ordinal) { ["train_loss"] = [2.34567, double.NaN, run.Seed] }),
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
        Assert.Equal(Studies.Grid.Runs.Select(run => run.Run), runs.GetProperty("id").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal("[0,0,0,0,0]", runs.GetProperty("at")[0].GetRawText());
        Assert.Equal(Studies.Grid.Metrics.Count, runs.GetProperty("metrics").GetArrayLength());
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
    public void Long_curves_are_thinned_evenly(int last, string epochs) => Assert.Equal(epochs, string.Join(' ', Thinning.Epochs(last)));

    [Fact]
    public void Longest_curves_keep_20_different_epochs_with_first_and_last()
    {
        var epochs = Thinning.Epochs(100_000);

        Assert.Equal(20, epochs.Distinct().Count());
        Assert.Equal((1, 100_000), (epochs[0], epochs[^1]));
    }

    [Fact]
    public void Curves_of_other_runs_are_refused() => Assert.Throws<ArgumentException>(() => HtmlReport.Study(Studies.Grid, []));

    private static string Page() => Encoding.UTF8.GetString(HtmlReport.Page([HtmlReport.Study(Studies.Grid, Curves)]));

    private static JsonElement Data()
    {
        var packed = Packed().Match(Encoding.UTF8.GetString(HtmlReport.Study(Studies.Grid, Curves))).Groups["packed"].Value;
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(gzip);
        return document.RootElement.Clone();
    }

    [GeneratedRegex(">(?<packed>[A-Za-z0-9+/=]+)</script>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Packed();

    [GeneratedRegex("<(script|img|iframe|link)[^>]* (src|href)=\"(?!data:)|@import|url\\(|fetch\\(|XMLHttpRequest|import\\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Loading();
}
