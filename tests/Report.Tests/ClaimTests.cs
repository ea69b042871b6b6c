using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed class ClaimTests
{
    private static readonly SortedDictionary<string, byte[]> Files = Render(Claimed.Tables);

    [Theory]
    [InlineData("README.md")]
    [InlineData("claims.csv")]
    [InlineData("layers.csv")]
    [InlineData("manifest.json")]
    public void The_files_of_a_study_with_claims_and_probes(string file) =>
        Snapshot.Matches("claimed-" + file, Files[file]);

    [Fact]
    public void The_index_counts_verdicts() =>
        Snapshot.Matches(
            "index-claims-README.md",
            IndexPage.Render([
                IndexEntry.Read(Files[ResultFiles.Manifest]),
                IndexEntry.Read(Render(Studies.Line)[ResultFiles.Manifest]) with
                {
                    IsDefault = true,
                },
                IndexEntry.Read(Render(Studies.Point)[ResultFiles.Manifest]),
            ])
        );

    [Fact]
    public void A_study_without_claims_and_probes_has_no_files_of_them()
    {
        Assert.Equal(
            ["README.md", "accuracy.svg", "cells.csv", "manifest.json", "runs.csv"],
            Render(Studies.Grid).Keys
        );
        Assert.DoesNotContain("study:claims", ManifestEncoding.Decode(Render(Studies.Grid)[ResultFiles.Manifest]).Keys);
    }

    private static SortedDictionary<string, byte[]> Render(StudyTables tables) =>
        Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal));
}
