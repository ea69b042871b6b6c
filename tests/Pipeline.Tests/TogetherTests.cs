using System.Globalization;

namespace Pipeline.Tests;

/// <summary>Commands that share a cache, and caches that can't be written.</summary>
public sealed class TogetherTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void Two_commands_started_together_share_the_runs_and_write_the_same()
    {
        workspace.Edit("experiments/small.yaml", "epochs: 3", "epochs: 100");
        string[] folders = ["one", "two"];
        var commands = Array.ConvertAll(
            folders,
            folder =>
                Task.Run(() => workspace.Run("--target=Report", "--jobs=1", $"--results={workspace.PathOf(folder)}"))
        );
        var outcomes = Array.ConvertAll(commands, command => command.GetAwaiter().GetResult());
        Assert.All(outcomes, outcome => outcome.Succeeded());

        Assert.Equal(workspace.Files("one"), workspace.Files("two"));
        var (run, cached) = outcomes.Select(Counts).Aggregate((x, y) => (x.Run + y.Run, x.Cached + y.Cached));
        Assert.Equal(32, run + cached);
        // Were each to do all, 32 would be trained; a claim that both made at once may be trained twice.
        Assert.InRange(run, 16, 24);
        Assert.DoesNotContain(workspace.Files("cache/claims"), file => Path.GetExtension(file.Name) != ".lock");
    }

    [Fact]
    public void Plan_and_Verify_need_no_cache_that_can_be_written()
    {
        // A file where the folder should be can't be written by any user.
        workspace.Write("blocked", "");
        var blocked = $"--cache={workspace.PathOf("blocked/cache")}";

        var plan = workspace.Run("--target=Plan", blocked).Succeeded();
        Assert.Contains(
            $"cache: {workspace.PathOf("blocked/cache")} can't be written, so that nothing is kept of what is read\n",
            plan,
            StringComparison.Ordinal
        );
        Assert.Contains("plan: 16 of 16 runs to do, 6 stages to do\n", plan, StringComparison.Ordinal);

        var report = workspace.Run("--target=Report", blocked);
        Assert.Equal(255, report.ExitCode);
        Assert.Contains("Error: The cache can't write in ", report.Error, StringComparison.Ordinal);
        Assert.EndsWith("or choose another folder with --cache.\n", report.Error, StringComparison.Ordinal);

        workspace.Run("--target=Report").Succeeded();
        Assert.Contains("verify: ", workspace.Run("--target=Verify", blocked).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void At_quiet_nothing_is_said_but_errors()
    {
        Assert.Equal(new(0, "", ""), workspace.Run("--target=Report", "--verbosity=quiet"));
        Assert.NotEmpty(workspace.Files("results"));
        Assert.Contains(
            "Error: There is no study 'smal'",
            workspace.Run("--experiment=smal", "--verbosity=quiet").Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lines_name_the_study_and_count_one_as_one()
    {
        workspace.Edit("experiments/small.yaml", "[relu, gelu]", "[relu]");
        workspace.Edit("experiments/small.yaml", "[none, batch]", "[none]");
        workspace.Edit("experiments/small.yaml", "[0.03, 0.1]", "[0.1]");
        workspace.Edit("experiments/small.yaml", "seeds: 2", "seeds: 1");

        Assert.Contains(
            "small: 1 trial × 1 seed = 1 run\n",
            workspace.Run("--target=Plan").Succeeded(),
            StringComparison.Ordinal
        );
        var report = workspace.Run("--target=Report").Succeeded();
        foreach (
            var line in (string[])["train: small: 1 run: new\n", "aggregate: small: new\n", "report: small: new\n"]
        )
            Assert.Contains(line, report, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_lists_the_options_of_the_tasks_too()
    {
        var help = workspace.Run("--help").Succeeded();
        foreach (
            var option in (string[])
                ["--verbosity=LEVEL", "--experiment=NAMES", "--only=CONDITION", "--cache=PLACE", "--max-size=SIZE"]
        )
            Assert.Contains(option, help, StringComparison.Ordinal);
    }

    private static (int Run, int Cached) Counts(Outcome outcome)
    {
        var words = outcome.Line("train").Split(' ');
        return (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture));
    }
}
