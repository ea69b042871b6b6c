using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Diff.Tests;

public sealed class DiffFolderTests : IDisposable
{
    private readonly MadeUpResults results = new();

    public DiffFolderTests()
    {
        results.Study("old/grid");
        results.Study("new/grid");
    }

    public void Dispose() => results.Dispose();

    [Fact]
    public void Equal_results_have_no_difference_and_their_rows_are_counted()
    {
        var page = results.Diff(failOn: FailOn.Any);

        Assert.Contains("1 study is the same to the last bit: 20 runs, 2 cells.", page, StringComparison.Ordinal);
        Assert.EndsWith("\ndiff: no difference\n", page, StringComparison.Ordinal);
        Assert.Equal(page, results.Read("artifacts/diff.md"));
    }

    [Fact]
    public void A_cell_that_moved_at_every_seed_is_significant_and_the_largest_comes_first()
    {
        results.Study(
            "new/grid",
            (activation, seed) =>
                MadeUpResults.Steady(activation, seed) - (activation == "relu" ? 0.3 : 0.001) - (seed * 0.0001)
        );

        var page = results.Diff();

        Assert.Matches(
            @"`activation=relu` \| 92\.00 → 61\.98 \| -30\.02 \[-30\.04, -30\.00\] \| 0\.\d\d \| -1899 \| \*\*\S+\*\* \| 0 \|",
            page
        );
        Assert.True(
            page.IndexOf("`activation=relu`", StringComparison.Ordinal)
                < page.IndexOf("`activation=tanh`", StringComparison.Ordinal)
        );
        Assert.Contains(
            "| `grid` | changed | 2 changed | 10 changed, 10 equal | 1 equal |",
            page,
            StringComparison.Ordinal
        );
        Assert.EndsWith("\ndiff: 2 cells changed, 2 significant, 0 verdicts flipped\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_is_not_significant()
    {
        results.Study(
            "new/grid",
            (activation, seed) => MadeUpResults.Steady(activation, seed) + (seed % 2 == 0 ? 0.01 : -0.01)
        );

        Assert.EndsWith(
            "\ndiff: 2 cells changed, 0 significant, 0 verdicts flipped\n",
            results.Diff(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_diverged_run_counts_as_0_and_is_shown_as_diverged()
    {
        results.Study(
            "new/grid",
            (activation, seed) => activation == "relu" && seed == 0 ? null : MadeUpResults.Steady(activation, seed)
        );

        var page = results.Diff();

        Assert.Matches(
            @"`activation=relu` \| 92\.00 → 74\.00 \| -18\.00 \[.*\] \| \d+\.\d\d \| -0\.4472 \| \S+ \| 0 → 1 \|",
            page
        );
        Assert.Contains("1 changed, 19 equal", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_verdict_stands_on_top_and_fails_where_that_is_asked_for()
    {
        results.Study("new/grid", verdict: "refuted");

        var page = results.Diff(failOn: FailOn.Nothing);

        Assert.Contains(
            "\n## 1 verdict flipped\n\n| study | claim | verdict | effect | p (Holm) |",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "| `grid` | ReLU wins | holds → **refuted** | 0.25 | 0.02 → — |",
            page,
            StringComparison.Ordinal
        );
        Assert.EndsWith("\ndiff: 0 cells changed, 0 significant, 1 verdict flipped\n", page, StringComparison.Ordinal);
        Assert.StartsWith(
            "The results differ (0 cells changed, 0 significant, 1 verdict flipped), on which --fail-on=verdict fails",
            results.Refused(failOn: FailOn.Verdict),
            StringComparison.Ordinal
        );
        Assert.StartsWith("The results differ", results.Refused(failOn: FailOn.Significant), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_within_chance_fails_only_where_any_does()
    {
        results.Study(
            "new/grid",
            (activation, seed) => MadeUpResults.Steady(activation, seed) + (seed == 0 ? 0.01 : 0)
        );

        results.Diff(failOn: FailOn.Verdict);
        results.Diff(failOn: FailOn.Significant);
        Assert.StartsWith("The results differ", results.Refused(failOn: FailOn.Any), StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_and_claims_come_and_go()
    {
        results.Study("old/grid", activations: ["relu", "tanh", "gelu"]);
        results.Study("new/grid", activations: ["relu", "silu"]);
        results.Edit("new/grid/claims.csv", "ReLU wins", "ReLU loses");

        var page = results.Diff();

        Assert.Contains(
            "| `grid` | changed | 1 added, 2 removed, 1 equal | 10 added, 20 removed, 10 equal | 1 added, 1 removed |",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("| ReLU loses | new: holds |", page, StringComparison.Ordinal);
        Assert.Contains("| ReLU wins | removed: holds |", page, StringComparison.Ordinal);
        Assert.EndsWith("\ndiff: 0 cells changed, 0 significant, 0 verdicts flipped\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Studies_come_and_go_whatever_they_are_called()
    {
        results.Study("old/it's | gone");
        results.Study("new/a `new` one");

        var page = results.Diff();

        Assert.Contains(
            "| it's \\| gone | removed | 2 removed | 20 removed | 1 removed |",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("| a \\`new\\` one | added | 2 added | 20 added | 1 added |", page, StringComparison.Ordinal);
        Assert.Contains("1 study is the same", page, StringComparison.Ordinal);
        Assert.DoesNotContain("grid", results.Diff(experiments: ["a `new` one"]), StringComparison.Ordinal);
        Assert.StartsWith(
            "Neither side has results of 'grit'; the nearest is 'grid'",
            results.Refused(experiments: ["grit"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_made_the_difference_is_named()
    {
        results.Study(
            "new/grid",
            made: new Dictionary<string, string>
            {
                ["plan"] = Digest.Of("other"),
                ["code:activation/relu"] = Digest.Of("relu"),
                ["code:pkg:CsvHelper"] = "34.0.0",
            }
        );

        var page = results.Diff();

        Assert.Contains(
            $"- the plan of the study: `{Digest.Of("plan")[..8]}` → `{Digest.Of("other")[..8]}`\n",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"- operation activation/relu of Pipeline.Networks: not used → `{Digest.Of("relu")[..8]}`\n",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("- package CsvHelper: not used → `34.0.0`\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "No number that both sides have changed; files that differ: `manifest.json`.",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Results_changed_by_hand_are_told()
    {
        results.Edit("new/grid/runs.csv", "relu,0.1,0,completed,40,0.9", "relu,0.1,0,completed,40,0.8");

        var page = results.Diff();

        Assert.Contains("The new runs.csv was changed after it was written", page, StringComparison.Ordinal);
        Assert.Contains("The new cells.csv is not what follows from its runs.csv", page, StringComparison.Ordinal);
        Assert.Contains("files were changed by hand", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The old", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_axis_with_one_value_and_a_new_metric_leave_cells_comparable()
    {
        results.Write(
            "new/grid/runs.csv",
            string.Concat(
                results
                    .Read("new/grid/runs.csv")
                    .TrimEnd('\n')
                    .Split('\n')
                    .Select(
                        (line, i) =>
                            i == 0
                                ? line.Replace("run,", "run,normalization,", StringComparison.Ordinal)
                                    + ",test_macro_f1\n"
                                : line.Insert(line.IndexOf(',', StringComparison.Ordinal), ",batch") + ",0.5\n"
                    )
            )
        );
        results.Write(
            "new/grid/cells.csv",
            string.Concat(
                results
                    .Read("new/grid/cells.csv")
                    .TrimEnd('\n')
                    .Split('\n')
                    .Select((line, i) => (i == 0 ? "normalization," : "batch,") + line + "\n")
            )
        );

        var page = results.Diff();

        Assert.Contains("| `grid` | changed | 2 equal | 20 equal | 1 equal |", page, StringComparison.Ordinal);
        Assert.Contains("New axes: normalization.", page, StringComparison.Ordinal);
        Assert.Contains("New metrics: test\\_macro\\_f1.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_only_got_more_seeds_is_told_and_tested_by_nothing()
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal) { ["study:seeds_at_least"] = "3" };
        results.Study("old/grid", made: made);
        results.Study("new/grid", made: made);
        results.CutTwoRuns("old/grid");

        var page = results.Diff();

        Assert.Matches(@"`activation=relu` \| .* → .* \| — \| — \| — \| — \| 0 \| seeds 3 → 5", page);
        Assert.EndsWith("\ndiff: 1 cell changed, 0 significant, 0 verdicts flipped\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_with_a_run_too_few_is_damaged_where_the_study_has_no_more_seeds_for_some_cells()
    {
        results.CutTwoRuns("old/grid");

        Assert.Contains(
            "old/grid/runs.csv: line 9: a trial ends after 3 of 5 seeds; write it again with --target=Report",
            results.Refused(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Tables_of_an_earlier_version_compare_as_if_they_were_of_this_one()
    {
        results.Study("old/grid", (activation, seed) => seed == 0 ? null : MadeUpResults.Steady(activation, seed));
        results.Study("new/grid", (activation, seed) => seed == 0 ? null : MadeUpResults.Steady(activation, seed));
        results.Edit("old/grid/runs.csv", ",steps,", ",step,");
        results.Edit("old/grid/runs.csv", ",completed,40,", ",completed,,");
        results.Edit("old/grid/runs.csv", ",diverged,7,NaN,NaN", ",diverged,6,,");
        results.Edit("old/grid/cells.csv", ",NaN,NaN", ",,");
        results.Edit("old/grid/claims.csv", ",effect_size,", ",");
        results.Edit("old/grid/claims.csv", ",0.25,1.5,", ",0.25,");

        Assert.Contains(
            "| `grid` | changed | 2 equal | 20 equal | 1 equal |",
            results.Diff(),
            StringComparison.Ordinal
        );

        results.Edit("old/grid/runs.csv", "relu,0.1,0,diverged,6", "relu,0.1,0,diverged,5");
        Assert.Contains(
            "| `grid` | changed | 1 changed, 1 equal | 1 changed, 19 equal | 1 equal |",
            results.Diff(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Runs_under_other_ids_are_equal_runs()
    {
        results.Edit("new/grid/runs.csv", "relu-0.1-0,", "another,");

        var page = results.Diff();

        Assert.Contains("20 equal", page, StringComparison.Ordinal);
        Assert.Contains("Runs under another id: 1;", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "relu,0.1,3,completed",
        "relu,0.1,3,finished",
        "new/grid/runs.csv: line 10, column outcome: 'finished'"
    )]
    [InlineData("relu,0.1,3,completed", "relu,0.1,7,completed", "new/grid/runs.csv: line 10: a trial has other seeds")]
    [InlineData(
        "activation,learning_rate,seed",
        "activation,rate,seed",
        "new/grid/runs.csv: its axes are activation, rate"
    )]
    public void A_damaged_table_is_named_with_its_line(string from, string to, string sentence)
    {
        results.Edit("new/grid/runs.csv", from, to);

        Assert.Contains(sentence, results.Refused(), StringComparison.Ordinal);
        Assert.Contains("--target=Report", results.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_table_is_named_and_a_missing_manifest_leaves_the_cause_open()
    {
        File.Delete(results.PathOf("new/grid/manifest.json"));
        Assert.Contains(
            "What made the two results is not known: a manifest.json is missing.",
            results.Diff(),
            StringComparison.Ordinal
        );

        File.Delete(results.PathOf("new/grid/cells.csv"));
        Assert.Contains(
            "new/grid/cells.csv is missing: write it with --target=Report",
            results.Refused(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Programs_read_the_same_as_people()
    {
        results.Study(
            "new/grid",
            (activation, seed) =>
                MadeUpResults.Steady(activation, seed) - (activation == "relu" ? 0.25 + (seed * 0.001) : 0),
            verdict: "undecided"
        );
        results.Diff();

        using var json = JsonDocument.Parse(results.Read("artifacts/diff.json"));

        Assert.Equal(1, json.RootElement.GetProperty("significant").GetInt32());
        var study = json.RootElement.GetProperty("studies")[0];
        Assert.Equal("activation=relu", study.GetProperty("changed_cells")[0].GetProperty("cell").GetString());
        Assert.Equal(-0.252, study.GetProperty("changed_cells")[0].GetProperty("difference").GetDouble(), 12);
        Assert.Equal(
            -0.252 / Math.Sqrt(2.5e-6),
            study.GetProperty("changed_cells")[0].GetProperty("effect_size").GetDouble(),
            1e-6
        );
        Assert.Equal(
            1.5,
            study.GetProperty("changed_claims")[0].GetProperty("effect_size").GetProperty("old").GetDouble()
        );
        Assert.Equal("flipped", study.GetProperty("changed_claims")[0].GetProperty("change").GetString());
    }
}
