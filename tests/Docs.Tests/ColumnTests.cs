using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Docs.Tests;

/// <summary>The tables of columns have those of the recorded results, and no others.</summary>
public sealed class ColumnTests
{
    private static readonly string[] Studies =
    [
        .. Directory
            .EnumerateFiles(Documents.PathOf("experiments"), "*.yaml")
            .Where(path => Directory.Exists(Results(path)))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void There_are_results() => Assert.NotEmpty(Studies);

    [Theory]
    [InlineData("runs.csv")]
    [InlineData("cells.csv")]
    [InlineData("claims.csv")]
    [InlineData("layers.csv")]
    public void The_columns_of_a_table_are_those_that_the_page_has(string file)
    {
        var table = Assert.Single(
            MarkdownTable.All(Documents.Read("src/Results/README.md")),
            table => table.Section == file && table.Header[0] == "column"
        );
        var recorded = Studies
            .Where(study => File.Exists(Path.Combine(Results(study), file)))
            .SelectMany(study => Columns(study, file))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(
            recorded.Order(StringComparer.Ordinal),
            table.Rows.SelectMany(row => MarkdownTable.Codes(row[0])).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>The columns of a study's file; axes and metrics as the page calls them.</summary>
    private static IEnumerable<string> Columns(string study, string file)
    {
        var parts = StudyDocument
            .Read(StudySource.Load(study))
            .Parameters.ToDictionary(entry => entry.Parameter.Key, entry => entry.Section, StringComparer.Ordinal);
        return Header(Path.Combine(Results(study), file)).Select(Called);

        string Called(string column)
        {
            var (name, suffix) = Split(column, "_at_edge", "_low", "_high");
            if (parts.TryGetValue(name, out var section) && section != Section.Fixed)
                return $"<{(section == Section.Scientific ? "compared" : "tuned")} axis>{suffix}";
            return
                column != RunColumns.Correct
                && (
                    name.Contains('(', StringComparison.Ordinal)
                    || Array.Exists(
                        ["test_", "train_", "validation_", "epoch_end_"],
                        part => name.StartsWith(part, StringComparison.Ordinal)
                    )
                    || name is ParameterUse.ActivationNorm or PlainMetric.Restarts or LossScaleMetrics.Skipped
                )
                ? $"<metric>{suffix}"
                : column;
        }
    }

    private static (string Name, string Suffix) Split(string column, params string[] suffixes) =>
        Array.Find(suffixes, suffix => column.EndsWith(suffix, StringComparison.Ordinal)) is { } found
            ? (column[..^found.Length], found)
            : (column, "");

    /// <summary>The cells of a table's first line, some of which are quoted.</summary>
    private static IEnumerable<string> Header(string path)
    {
        var parts = File.ReadLines(path).First().Split('"');
        return parts
            .Index()
            .SelectMany(part =>
                part.Index % 2 == 1 ? [part.Item] : part.Item.Split(',', StringSplitOptions.RemoveEmptyEntries)
            );
    }

    private static string Results(string study) =>
        Documents.PathOf($"results/{Path.GetFileNameWithoutExtension(study)}");
}
