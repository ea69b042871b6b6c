using System.Xml.Linq;
using Pipeline.Artifacts;

namespace Pipeline.Diff.Tests;

public sealed class HistoryTests : IDisposable
{
    private readonly MadeUpResults results = new();

    public void Dispose() => results.Dispose();

    [Fact]
    public void Verdicts_and_cells_are_followed_through_the_commits_that_changed_them()
    {
        var first = results.Start();
        results.Write("results/grid/README.md", "Another page.\n");
        var same = results.Commit("Words alone");
        results.Study("results/grid", Lower, verdict: "refuted");
        var lower = results.Commit("A *lower* accuracy");

        var page = results.History();

        Assert.Contains($"| `{lower[..7]}` | ", page, StringComparison.Ordinal);
        Assert.Contains("A \\*lower\\* accuracy |  | 20 | 2 | 1 |\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain(same[..7], page, StringComparison.Ordinal);
        Assert.Matches(
            $@"\| ReLU wins \| refuted \| `{lower[..7]}` \(\S+\) \| holds in `{first[..7]}` \(\S+\) \|",
            page
        );
        Assert.Matches(
            $@"\| `activation=relu` \| 82\.00 \| `{lower[..7]}` \(\S+\) \| 92\.00 in `{first[..7]}` \(\S+\) \| 82\.00 \| 92\.00 \|",
            page
        );
        Assert.Matches(
            $@"\| `activation=tanh` \| 74\.00 \| `{first[..7]}` \(\S+\) \| new \| 74\.00 \| 74\.00 \|",
            page
        );
        Assert.EndsWith(
            "\nhistory: grid: 2 versions, 1 verdict changed, 1 cell moved\n",
            page,
            StringComparison.Ordinal
        );
        Assert.Equal(page[page.IndexOf('#')..], results.Read("artifacts/history.md"));
        var picture = XDocument.Parse(results.Read("artifacts/history.svg"));
        Assert.Equal(
            ["activation=relu: 92.0, 82.0; activation=tanh: 74.0, 74.0"],
            picture.Descendants().Where(e => e.Name.LocalName == "desc").Select(e => e.Value)
        );
        Assert.Equal(2, picture.Descendants().Count(e => e.Name.LocalName == "path"));
        Assert.Equal(4, picture.Descendants().Count(e => e.Name.LocalName == "circle"));
    }

    [Fact]
    public void The_working_tree_is_the_last_version_and_cells_are_chosen()
    {
        results.Start();
        results.Study("results/grid", Lower);

        var page = results.History("activation=relu");

        Assert.Matches(@"\| `activation=relu` \| 82\.00 \| working tree \| 92\.00 in ", page);
        Assert.DoesNotContain("activation=tanh", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_cannot_be_read_is_told_and_a_study_that_was_away_has_gaps()
    {
        results.Start();
        results.Write("results/grid/runs.csv", "nonsense\n");
        var broken = results.Commit("Broken");
        Directory.Delete(results.PathOf("results/grid"), recursive: true);
        results.Commit("Away");
        results.Study("results/grid", Lower);
        var back = results.Commit("Back");

        var page = results.History();

        Assert.Matches(
            $@"\| `{broken[..7]}` \| \S+ \| Broken \| {broken[..7]}:results/grid/runs\.csv: .*\| — \| — \| — \|",
            page
        );
        Assert.Matches($@"\| `activation=relu` \| 82\.00 \| `{back[..7]}`", page);
        Assert.EndsWith(
            "\nhistory: grid: 3 versions, 0 verdicts changed, 1 cell moved\n",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_cell_that_was_several_has_no_value_from_then()
    {
        results.Start();
        foreach (var file in new[] { "runs.csv", "cells.csv" })
        {
            var lines = results.Read($"results/grid/{file}").TrimEnd('\n').Split('\n');
            results.Write(
                $"results/grid/{file}",
                string.Join('\n', lines[..1].Select(line => With(line, "normalization")))
                    + "\n"
                    + string.Concat(
                        new[] { "none", "batch" }.SelectMany(value =>
                            lines[1..].Select(line => $"{(file[0] == 'r' ? value : "")}{With(line, value)}\n")
                        )
                    )
            );
        }
        results.Commit("Two normalizations");
        results.Study("results/grid");
        results.Commit("One");

        Assert.Matches(@"\| `activation=relu` \| 92\.00 \| `\w+` \(\S+\) \| new \|", results.History());

        // Behind the activation, which is the first column of cells and the second of runs.
        static string With(string line, string value) =>
            string.Join(
                ',',
                line.Split(',')
                    .SelectMany(field => field is "activation" or "relu" or "tanh" ? [field, value] : new[] { field })
            );
    }

    [Theory]
    [InlineData(null, null, "History follows one study: name it with --experiment=<name>.")]
    [InlineData("gird", null, "Neither a commit nor the working tree has results of 'gird'; the nearest is 'grid'.")]
    [InlineData("grid", "relu", "--cell=relu is not possible: write axis=value, such as")]
    [InlineData("grid", "depth=2", "--cell: grid has no axis 'depth'; choose from activation.")]
    [InlineData("grid", "activation=gelu", "--cell: no cell of grid has activation=gelu.")]
    public void What_cannot_be_followed_is_refused(string? study, string? cell, string sentence)
    {
        results.Start();
        results.Write("experiments/grid.yaml", "title: A grid\n");

        Assert.StartsWith(
            sentence,
            Assert.Throws<PipelineException>(() => results.History(cell, study)).Message,
            StringComparison.Ordinal
        );
    }

    private static double? Lower(string activation, int seed) =>
        MadeUpResults.Steady(activation, seed) - (activation == "relu" ? 0.1 : 0);
}
