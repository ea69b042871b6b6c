namespace Pipeline.Tests;

public sealed class CleanTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("--keep=0d")]
    [InlineData("--max-size=0KB")]
    public void What_the_projects_studies_need_stays_and_the_rest_goes(string limit)
    {
        workspace.Run("--target=Report", "--set=epochs=4").Succeeded();
        workspace.Run("--target=Report").Succeeded();
        var before = workspace.Files("cache").Count;

        var plan = workspace.Run("--target=Clean", limit, "--dryrun").Succeeded();
        Assert.Matches(
            @"clean: [1-9]\d* entries \(\d+\.\d MB\) would be removed, [1-9]\d* \(\d+\.\d MB\) kept\n",
            plan
        );
        Assert.Contains($"  {workspace.PathOf("cache/ac/")}", plan, StringComparison.Ordinal);
        Assert.Equal(before, workspace.Files("cache").Count);

        var clean = workspace.Run("--target=Clean", limit).Succeeded();
        Assert.Contains(
            plan.Split('\n')
                .Last(line =>
                    line.StartsWith("clean: ", StringComparison.Ordinal)
                    && line.Contains("entries", StringComparison.Ordinal)
                )
                .Replace("would be ", "", StringComparison.Ordinal),
            clean,
            StringComparison.Ordinal
        );
        Assert.Equal(
            limit.StartsWith("--max", StringComparison.Ordinal),
            clean.Contains("is larger than --max-size", StringComparison.Ordinal)
        );
        Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", workspace.Run("--target=Plan").Line("plan"));
        Assert.StartsWith(
            "plan: 16 of 16 runs to do",
            workspace.Run("--target=Plan", "--set=epochs=4").Line("plan"),
            StringComparison.Ordinal
        );
        workspace.Edit("experiments/small.yaml", "epochs: 3", "epochs: 5");
        Assert.Contains(
            "16 of 16 runs to do: parameter epochs 3 → 5",
            workspace.Run("--target=Plan").Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nothing_goes_while_it_is_not_known_what_a_study_needs()
    {
        workspace.Run("--target=Train").Succeeded();
        workspace.Edit("experiments/small.yaml", "seeds: 2", "seed: 2");

        var outcome = workspace.Run("--target=Clean", "--keep=0s");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Matches(
            @"Nothing was removed, since what a study needs is not known: .*small\.yaml:\d+:1: .*'seed'.* Mend it",
            outcome.Error
        );
        Assert.Contains(
            "What that study needs is not known.",
            workspace.Run("--target=Clean", "--keep=0s", "--dryrun").Succeeded(),
            StringComparison.Ordinal
        );
        workspace.Edit("experiments/small.yaml", "seed: 2", "seeds: 2");
        Assert.StartsWith("plan: 0 of 16 runs", workspace.Run("--target=Plan").Line("plan"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_results_of_another_clone_rest_on_stays_as_long_as_that_is_there()
    {
        var cache = $"--cache={workspace.PathOf("cache")}";
        workspace.Run("--target=Report").Succeeded();
        using (var other = new Workspace())
        {
            other.Edit("experiments/small.yaml", "epochs: 3", "epochs: 4");
            other.Run("--target=Report", cache).Succeeded();

            workspace.Run("--target=Clean", "--keep=0d").Succeeded();

            Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", other.Run("--target=Plan", cache).Line("plan"));
            Assert.Equal(2, workspace.Files("cache/clones").Count);
            other.Run("--target=Report", "--force", cache).Succeeded();
        }
        var before = workspace.Files("cache/ac").Count;

        workspace.Run("--target=Clean", "--keep=0d", "--dryrun").Succeeded();
        Assert.Equal(2, workspace.Files("cache/clones").Count);
        workspace.Run("--target=Clean", "--keep=0d").Succeeded();

        Assert.Single(workspace.Files("cache/clones"));
        Assert.InRange(workspace.Files("cache/ac").Count, 17, before - 17);
        Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", workspace.Run("--target=Plan").Line("plan"));
    }

    [Fact]
    public void Files_that_are_not_the_caches_stay_in_Report_and_in_Clean()
    {
        foreach (
            var (name, age) in new[] { ("tmp/thesis.txt", 2), ("history/2025/thesis.txt", 60), ("cas/letter.txt", 60) }
        )
        {
            workspace.Write($"cache/{name}", "thesis");
            File.SetLastWriteTimeUtc(workspace.PathOf($"cache/{name}"), DateTime.UtcNow.AddDays(-age));
        }

        workspace.Run("--target=Report").Succeeded();
        workspace.Run("--target=Clean", "--keep=0d").Succeeded();

        Assert.Equal(3, workspace.Files("cache").Count(file => file.Text == "thesis"));
    }

    [Fact]
    public void A_folder_that_was_never_a_cache_is_refused_and_not_touched()
    {
        workspace.Write("home/thesis.txt", "thesis");
        workspace.Write("home/cas/ab/letter.txt", "letter");

        var outcome = workspace.Run("--target=Clean", "--keep=0d", $"--cache={workspace.PathOf("home")}");

        Assert.Equal(255, outcome.ExitCode);
        Assert.EndsWith(
            $"Error: {workspace.PathOf("home")} holds other things and was never a cache, so nothing is removed there: "
                + "name the cache with --cache=<folder>.\n",
            outcome.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(2, workspace.Files("home").Count);
    }

    [Fact]
    public void What_a_study_had_last_stays_while_its_data_are_not_at_hand()
    {
        workspace.Run("--target=Train").Succeeded();
        foreach (
            var data in workspace
                .Files("cache/cas")
                .Select(file => workspace.PathOf($"cache/cas/{file.Name}"))
                .Where(path => new FileInfo(path).Length > 50_000)
        )
            File.WriteAllBytes(data, [.. File.ReadAllBytes(data).Select(value => (byte)~value)]);

        var clean = workspace.Run("--target=Clean", "--keep=0s").Succeeded();

        Assert.Contains("clean: data of small are not at hand, so that", clean, StringComparison.Ordinal);
        Assert.Equal("train: 0 run, 16 cached, 0 diverged, 0 failed", workspace.Run("--target=Train").Line("train"));
    }
}
