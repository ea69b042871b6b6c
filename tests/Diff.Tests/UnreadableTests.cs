using Pipeline.Artifacts;

namespace Pipeline.Diff.Tests;

public sealed class UnreadableTests : IDisposable
{
    private const string Damaged =
        "old/broken/runs.csv: line 9: a trial ends after 3 of 5 seeds; write it again with --target=Report.";

    private readonly MadeUpResults results = new();

    public void Dispose() => results.Dispose();

    [Fact]
    public void A_study_that_cannot_be_read_is_named_and_the_others_are_compared()
    {
        foreach (var study in (string[])["broken", "grid"])
        {
            results.Study($"old/{study}");
            results.Study($"new/{study}", (activation, seed) => MadeUpResults.Steady(activation, seed) - 0.2);
        }
        results.CutTwoRuns("old/broken");

        Assert.EndsWith(Damaged, results.Refused(), StringComparison.Ordinal);

        var page = results.Output.ToString();
        Assert.Contains("| `broken` | not compared | none | none | none |", page, StringComparison.Ordinal);
        Assert.Contains("| `grid` | changed | 2 changed |", page, StringComparison.Ordinal);
        Assert.Contains($"{Damaged}\n", page, StringComparison.Ordinal);
        Assert.EndsWith(
            "\ndiff: 2 cells changed, 0 significant, 0 verdicts flipped, 1 study not compared\n",
            page,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "old/grid",
        "old/grid holds the results of one study: name the folder above it, and the study with --experiment=grid."
    )]
    [InlineData("empty", "empty holds no results of studies: name a folder as Report writes it, such as results/.")]
    public void A_folder_that_holds_no_studies_is_refused(string folder, string sentence)
    {
        results.Study("old/grid");
        results.Study("new/grid");
        Directory.CreateDirectory(results.PathOf("empty"));

        Assert.EndsWith(sentence, results.Refused(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_file_is_not_read()
    {
        results.Study("old/grid");
        results.Study("new/grid");
        File.CreateSymbolicLink(results.PathOf("old/grid/.#README.md"), "user@host.1");
        File.CreateSymbolicLink(results.PathOf("new/grid/loop"), results.PathOf("new/grid/loop"));

        Assert.EndsWith("diff: no difference\n", results.Diff(), StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_that_are_all_there_may_be_of_unequal_numbers_of_seeds_though_the_manifest_is_of_before_it_said_so()
    {
        results.Study("old/grid");
        results.Study("new/grid");
        results.CutTwoRuns("old/grid");
        results.Edit(
            "old/grid/manifest.json",
            Digest.OfFile(results.PathOf("new/grid/runs.csv")),
            Digest.OfFile(results.PathOf("old/grid/runs.csv"))
        );

        Assert.EndsWith(
            "\ndiff: 1 cell changed, 0 significant, 0 verdicts flipped\n",
            results.Diff(),
            StringComparison.Ordinal
        );
    }
}
