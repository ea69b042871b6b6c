using Pipeline.Artifacts;
using Pipeline.Flow;

namespace Pipeline.Diff.Tests;

public sealed class DiffRevisionTests : IDisposable
{
    private readonly MadeUpResults results = new();

    public void Dispose() => results.Dispose();

    [Fact]
    public void The_working_tree_is_compared_with_the_last_commit_and_its_dirt_is_told()
    {
        Start();
        Assert.EndsWith("\ndiff: no difference\n", results.Diff(null, null, FailOn.Any), StringComparison.Ordinal);
        results.Study(
            "results/grid",
            (activation, seed) => MadeUpResults.Steady(activation, seed) - 0.2 - (seed * 0.001)
        );

        var page = results.Diff(null, null);

        Assert.Matches(@"\nHEAD \([0-9a-f]{7}\) → working tree \(\d files are not committed\)\n", page);
        Assert.Contains("`activation=relu`", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Commits_that_touched_what_changed_are_listed_up_to_five()
    {
        var start = Start();
        for (var i = 0; i < 7; i++)
        {
            results.Write(
                $"src/Networks/Initializers/{(i < 5 ? "HeNormal" : i < 6 ? "HeNormalInitializer" : "HeNormalInitializer.Gain")}.cs",
                $"gain {i}"
            );
            results.Commit($"Gain *{i}*");
        }
        results.Write("src/Networks/Network.cs", "other code");
        results.Write("src/Networks/Initializers/HeNormalTruncatedInitializer.cs", "another operation");
        results.Commit("Not this one");
        results.Write("src/Networks/Initializers/HeNormalInitializer.cs", "not committed");
        results.Study(
            "results/grid",
            made: new Dictionary<string, string> { ["code:initializer/he_normal"] = Digest.Of("now") }
        );

        var page = results.Diff(start, null);

        Assert.Matches(
            @"- operation initializer/he\\_normal of Pipeline\.Networks: `[0-9a-f]{8}` → `[0-9a-f]{8}`, by changes that are not committed\n  - `[0-9a-f]{7}` Gain \\\*6\\\*\n(  - .*\n){4}  - and 2 more\n",
            page
        );
        Assert.DoesNotContain("Not this one", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_is_changed_by_the_files_that_it_extends()
    {
        results.Write("experiments/grid.yaml", "title: A grid\nextends: base/small.yaml\n");
        var start = Start();
        results.Write("experiments/base/small.yaml", "fixed: {epochs: 4}\n");
        results.Study(
            "results/grid",
            made: new Dictionary<string, string>
            {
                ["plan"] = Digest.Of("another"),
                ["code:initializer/he_normal"] = Digest.Of("he"),
            }
        );
        results.Commit("Four epochs");

        Assert.Matches(
            @"- the plan of the study: `\S+` → `\S+`\n  - `[0-9a-f]{7}` Four epochs\n",
            results.Diff(start, "HEAD")
        );
    }

    [Fact]
    public void Three_dots_take_the_merge_base()
    {
        Start();
        results.Git("branch", "topic");
        results.Study("results/grid", verdict: "refuted");
        results.Commit("On main");
        results.Git("checkout", "--quiet", "topic");
        results.Study("results/more");
        results.Commit("On topic");

        Assert.Contains("flipped\n", results.Diff("main", null), StringComparison.Ordinal);
        foreach (var from in (string[])["main...", "main...HEAD", "main...topic"])
        {
            var page = results.Diff(from, null);
            Assert.StartsWith("# Difference of results\n\nmerge base of main and ", page, StringComparison.Ordinal);
            Assert.Contains("| `more` | added |", page, StringComparison.Ordinal);
            Assert.EndsWith(
                "\ndiff: 0 cells changed, 0 significant, 0 verdicts flipped\n",
                page,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void A_project_within_a_larger_repository_has_its_own_results()
    {
        Start();
        Directory.CreateDirectory(results.PathOf("inner"));
        results.Study("inner/results/other");
        results.Commit("Within");
        var options = new PipelineOptions
        {
            Root = results.PathOf("inner"),
            CallerDirectory = results.Root,
            Cache = results.PathOf("cache"),
        };

        new DiffCommand(new Session(options, results.Output, CancellationToken.None)).Run(new(null, null, FailOn.Any));

        Assert.Contains("1 study is the same", results.Output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\ndiff: no difference\n", results.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_side_without_results_is_told_and_two_are_refused()
    {
        results.Git("init", "--quiet");
        var empty = results.Commit("Nothing yet");
        results.Study("results/grid");

        Assert.Contains(
            "has no folder of results: every study counts as added.",
            results.Diff(null, null),
            StringComparison.Ordinal
        );
        Assert.StartsWith("There are no results in", results.Refused(empty, "HEAD"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_revision_is_refused_and_a_shallow_clone_gets_a_hint()
    {
        Start();
        results.Commit("Another");
        Assert.StartsWith(
            "'v1.0' is neither a folder nor a revision of this git repository: git log --all",
            results.Refused("v1.0", null),
            StringComparison.Ordinal
        );
        Assert.StartsWith("'--output=x' is neither", results.Refused("--output=x", null), StringComparison.Ordinal);

        results.Git("clone", "--quiet", "--depth=1", $"file://{results.Root}", "clone");
        var options = new PipelineOptions
        {
            Root = results.PathOf("clone"),
            CallerDirectory = results.PathOf("clone"),
            Cache = results.PathOf("cache"),
        };
        var sentence = Assert
            .Throws<PipelineException>(() =>
                new DiffCommand(new Session(options, results.Output, CancellationToken.None)).Run(
                    new("HEAD~1", null, FailOn.Nothing)
                )
            )
            .Message;
        Assert.Contains("the clone is shallow, git fetch --unshallow", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*.csv export-ignore")]
    [InlineData("*.csv text eol=crlf")]
    [InlineData("* export-subst ident")]
    public void Attributes_of_files_change_nothing_of_what_is_read(string attributes)
    {
        Start();
        results.Write("results/grid/notes.md", "$Format:%H$ $Id$\n");
        results.Commit("Notes");
        results.Write(".git/info/attributes", attributes + "\n");

        Assert.EndsWith("\ndiff: no difference\n", results.Diff("HEAD", null, FailOn.Any), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_repository_folders_are_asked_for()
    {
        results.Study("results/grid");
        results.Study("old/grid");

        Assert.EndsWith(
            "is in no git repository: name two folders with --from=<folder> and --to=<folder>.",
            results.Refused(null, null),
            StringComparison.Ordinal
        );
        Assert.EndsWith("\ndiff: no difference\n", results.Diff("old", null), StringComparison.Ordinal);
    }

    private string Start() =>
        results.Start(new Dictionary<string, string> { ["code:initializer/he_normal"] = Digest.Of("he") });
}
