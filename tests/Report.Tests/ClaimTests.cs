using System.Text;
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
                IndexEntry.Read(Files[ResultFiles.Manifest]) with
                {
                    ClaimRows = IndexClaim.Read(Files[ResultFiles.Claims]),
                },
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
            Render(Studies.Grid).Keys.Where(file => !file.StartsWith("tuned-", StringComparison.Ordinal))
        );
        Assert.DoesNotContain("study:claims", ManifestEncoding.Decode(Render(Studies.Grid)[ResultFiles.Manifest]).Keys);
    }

    [Fact]
    public void A_claim_about_a_change_is_marked_by_the_two_values_alone()
    {
        var change = Claimed.Tables.Plan.Claims[0] with
        {
            Metric = "change(test_loss,model.depth,1,4)",
            Left = new(Parameters.Empty, []),
            Right = null,
        };

        Assert.Equal(2, ClaimText.Diverged(Diverging(1, 0, 1), change, Claimed.Tables.Claims[0]));
        Assert.Equal(0, ClaimText.Diverged(Diverging(0, 1, 0), change, Claimed.Tables.Claims[0]));

        static StudyTables Diverging(params int[] counts) =>
            Studies.Line with
            {
                Cells = [.. Studies.Line.Cells.Zip(counts, (cell, count) => cell with { Diverged = count })],
            };
    }

    [Fact]
    public void A_claim_about_cells_with_diverged_runs_is_marked()
    {
        Assert.False(ClaimsSection.HasDiverged(Claimed.Tables));

        var tables = Claimed.Tables with
        {
            Cells = [.. Claimed.Tables.Cells.Select(cell => IsLeft(cell) ? cell with { Diverged = 1 } : cell)],
        };
        var page = Encoding.UTF8.GetString(Render(tables)["README.md"]);

        Assert.Contains("| holds | ReLU beats the sigmoid †1 |", page, StringComparison.Ordinal);
        Assert.Contains("†2 marks a claim about cells of which two runs diverged.", page, StringComparison.Ordinal);

        static bool IsLeft(CellRow cell) =>
            cell.Values.SequenceEqual([Scalar.Of("leaky_relu"), Scalar.Of("he_normal"), Scalar.Of("batch")]);
    }

    [Fact]
    public void An_exact_claim_that_a_diverged_run_breaks_names_the_run()
    {
        var tables = Claimed.Tables with
        {
            Claims =
            [
                .. Claimed.Tables.Claims.Select(row => row.Test == ClaimTest.Exact ? row with { Effect = null } : row),
            ],
        };

        Assert.Contains(
            "| no value in run `0123456789ab` | — |",
            Encoding.UTF8.GetString(Render(tables)["README.md"]),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(9, 0, 9, "for 9, against 0")]
    [InlineData(5, 1, 9, "for 5, against 1, 3 ties")]
    public void A_sign_test_shows_what_it_counted(int supporting, int against, int pairs, string expected)
    {
        var row = new ClaimRow
        {
            Verdict = ClaimVerdict.Holds,
            Test = ClaimTest.Sign,
            For = supporting,
            Against = against,
            Pairs = pairs,
        };

        Assert.Equal(expected, ClaimText.Signs(row));
        Assert.Equal("", ClaimText.Signs(row with { Test = ClaimTest.Paired }));
    }

    [Theory]
    [InlineData(0.024996, "0.024996")]
    [InlineData(0.0250, "0.025")]
    [InlineData(0.0250001, "0.025")]
    [InlineData(0.0123456, "0.0123")]
    public void A_rounded_p_stays_on_its_side_of_the_level(double p, string expected) =>
        Assert.Equal(expected, Rounding.P(p, 3, Significance.Side));

    private static SortedDictionary<string, byte[]> Render(StudyTables tables) =>
        Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal));
}
