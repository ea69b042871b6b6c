using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed class IndexTests
{
    [Fact]
    public void The_index_of_several_studies() => Snapshot.Matches("index-README.md", IndexPage.Render(Entries()));

    [Fact]
    public void The_index_of_no_study() => Snapshot.Matches("index-empty-README.md", IndexPage.Render([]));

    [Fact]
    public void The_order_in_which_entries_come_does_not_matter() =>
        Assert.Equal(IndexPage.Render(Entries()), IndexPage.Render(Entries().Reverse()));

    [Fact]
    public void Of_cells_with_the_best_mean_one_is_named_and_the_others_are_counted()
    {
        Assert.Equal((1, 0), (Read(Studies.Line).BestEquals, Read(Studies.Grid).BestEquals));
        Assert.Contains(
            "| `model.depth=2` and 1 with the same mean | 87.5 |",
            Encoding.UTF8.GetString(IndexPage.Render([Read(Studies.Line)])),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_entry_reads_back_from_the_manifest_of_its_results() =>
        Assert.Equal(IndexEntry.Of(Studies.Grid), Read(Studies.Grid));

    [Theory]
    [InlineData("study:title", null, "'study:title'")]
    [InlineData("study:runs", "many", "'many'")]
    [InlineData("study:claim_p", "0.1", "'0.1'")]
    public void A_manifest_that_the_index_cannot_use_is_refused_with_the_remedy(string key, string? value, string named)
    {
        var manifest = ManifestEncoding.Decode(
            Reporter.Render(Studies.Grid, [], new Dictionary<string, string>(StringComparer.Ordinal))[
                ResultFiles.Manifest
            ]
        );
        manifest.Remove(key);
        if (value is not null)
            manifest.Add(key, value);

        var exception = Assert.Throws<InvalidDataException>(() => IndexEntry.Read(ManifestEncoding.Encode(manifest)));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains("--target=Report", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_can_break_neither_the_link_nor_the_table()
    {
        var entry = Read(Studies.Line) with { Title = "](evil) | <img src=x>", Study = "a b" };

        var page = Encoding.UTF8.GetString(IndexPage.Render([entry]));

        Assert.Contains("| [\\](evil) \\| &lt;img src=x&gt;](a%20b/README.md) |", page, StringComparison.Ordinal);
    }

    private static IEnumerable<IndexEntry> Entries() =>
        [
            Read(Studies.Point),
            Read(Studies.Grid),
            Read(Studies.Line) with
            {
                IsStale = true,
            },
            Read(Studies.Diverged) with
            {
                IsDefault = true,
            },
        ];

    private static IndexEntry Read(StudyTables tables) =>
        IndexEntry.Read(
            Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal))[ResultFiles.Manifest]
        );
}
