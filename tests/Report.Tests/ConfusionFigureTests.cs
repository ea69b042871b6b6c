using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>What the best cell mistakes for what.</summary>
public sealed class ConfusionFigureTests
{
    private static readonly int[] Counts = [40, 0, 0, 3, 26, 1, 0, 2, 28];

    [Fact]
    public void Mistakes_are_counted_and_the_most_frequent_is_named()
    {
        var figure = Assert.Single(Figures(0.94, Counts));

        Assert.Equal("confusion.svg", figure.File);
        Assert.Equal("Mistakes of cell=c0: most often 1 for 0: 3 of 30", figure.Alternative);
        var root = SvgTests.Parse(figure.Svg).Root!;
        Assert.Equal(
            "6 mistakes in 100 predictions. 1 for 0: 3 of 30; 2 for 1: 2 of 30; 1 for 2: 1 of 30",
            root.Element(root.Name.Namespace + "desc")!.Value
        );
        var fills = root.Elements(root.Name.Namespace + "rect").ToLookup(rect => rect.Attribute("fill")?.Value);
        // Three that are right, in no colour; the most frequent mistake has the darkest.
        Assert.Equal(3, fills[null].Count());
        Assert.Single(fills[Viridis.At(0).Hex]);
        string[] texts = [.. root.Elements(root.Name.Namespace + "text").Select(text => text.Value)];
        Assert.Equal(["100.0", "86.7", "93.3"], texts.Where(text => text.Contains('.', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0.94, new[] { 40, 0, 0, 0, 30, 0, 0, 0, 30 })]
    [InlineData(0.7, new[] { 40, 0, 0, 3, 26, 1, 0, 2, 28 })]
    [InlineData(0.94, null)]
    public void A_best_cell_without_mistakes_or_that_learned_nothing_has_no_picture(double accuracy, int[]? counts)
    {
        Assert.Empty(Figures(accuracy, counts));
        Assert.DoesNotContain("## Mistakes", Page(Tables(accuracy, counts)), StringComparison.Ordinal);
    }

    [Fact]
    public void It_stands_on_the_page() =>
        Assert.Contains("](confusion.svg)", Page(Tables(0.94, Counts)), StringComparison.Ordinal);

    [Theory]
    [InlineData("wine", "digits", "confusion-wine.svg", "confusion-digits.svg")]
    [InlineData("blobs(3,0.5)", "blobs(3,0,5)", "confusion-blobs-3-0-5.svg", "confusion-blobs-3-0-5-2.svg")]
    public void Of_several_test_sets_each_best_cell_has_one(string one, string other, params string[] files)
    {
        var tables = Tables(0.94, Counts);
        var sets = new Axis("dataset", [Scalar.Of(one), Scalar.Of(other)]);
        tables = tables with
        {
            Plan = tables.Plan with { Scientific = [sets] },
            Runs = [.. sets.Values.Select(value => tables.Runs[0] with { Values = [value] })],
            Cells = [.. sets.Values.Select(value => tables.Cells[0] with { Values = [value] })],
            Confusions = [new(0, Counts), new(1, Counts)],
        };

        Assert.Equal(files, ConfusionFigures.Of(tables, new(tables)).Select(figure => figure.File));
    }

    private static IReadOnlyList<Figure> Figures(double accuracy, int[]? counts)
    {
        var tables = Tables(accuracy, counts);
        return ConfusionFigures.Of(tables, new(tables));
    }

    private static StudyTables Tables(double accuracy, int[]? counts) =>
        OneAxis.Of("test_accuracy", [new(accuracy, null, null)]) with
        {
            Confusions = counts is null ? [] : [new(0, counts)],
        };

    private static string Page(StudyTables tables) =>
        System.Text.Encoding.UTF8.GetString(
            Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal))["README.md"]
        );
}
