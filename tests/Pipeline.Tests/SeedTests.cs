namespace Pipeline.Tests;

/// <summary>More seeds for the cells of undecided claims, by the real command.</summary>
public sealed class SeedTests : IDisposable
{
    // That GELU is better than ReLU by half a point takes more seeds to tell, that batch normalization isn't worse
    // than none by 50 points doesn't.
    private const string Claims = """
        claims:
          - {says: GELU is better, source: a test, basis: theory, metric: test_accuracy, left: {activation: gelu, normalization: none}, above: {activation: relu}, by: 0.005}
          - {says: Batch normalization is no disaster, source: a test, basis: theory, metric: test_accuracy, left: {activation: relu, normalization: batch}, above: {normalization: none}, by: -0.5}

        """;

    private readonly Workspace workspace = new();

    public SeedTests() =>
        workspace.Write(
            "experiments/small.yaml",
            Workspace.Study.Replace(
                "seeds: 2",
                "seeds: {at_least: 3, at_most: 10, until: decided}",
                StringComparison.Ordinal
            ) + Claims
        );

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void Cells_of_an_undecided_claim_are_run_with_more_until_it_is_decided()
    {
        Assert.StartsWith(
            "plan: 24 of 24 runs to do,",
            workspace.Run("--target=Plan").Line("plan"),
            StringComparison.Ordinal
        );

        var report = workspace.Run("--target=Report");

        Assert.Matches(
            "train: small: 6 more runs, with more seeds, as claims are undecided after 24\n",
            report.Succeeded()
        );
        var runs = workspace
            .Read("results/small/runs.csv")
            .TrimEnd('\n')
            .Split('\n')
            .Skip(1)
            .Select(line => line.Split(','))
            .ToList();
        Assert.Equal($"train: {runs.Count} run, 0 cached, 0 diverged, 0 failed", report.Line("train"));
        // Run, activation, initialization, normalization, learning rate, seed.
        var counts = runs.GroupBy(run => string.Join(' ', run[1..5]))
            .ToDictionary(trial => trial.Key, trial => trial.Count());
        Assert.Equal(8, counts.Count);
        Assert.All(
            counts.Where(trial => trial.Key.Contains("batch", StringComparison.Ordinal)),
            trial => Assert.Equal(3, trial.Value)
        );
        foreach (var activation in (string[])["relu", "gelu"])
        {
            var cell = counts
                .Where(trial => trial.Key.StartsWith($"{activation} he_normal none", StringComparison.Ordinal))
                .Select(trial => trial.Value)
                .Order()
                .ToArray();
            Assert.Equal(3, cell[0]);
            Assert.Contains(cell[1], (int[])[6, 10]);
        }

        Assert.Equal(
            $"train: 0 run, {runs.Count} cached, 0 diverged, 0 failed",
            workspace.Run("--target=Train").Line("train")
        );
        Assert.Equal(
            $"plan: 0 of {runs.Count} runs to do, 0 stages to do",
            workspace.Run("--target=Plan").Line("plan")
        );
        Assert.Equal(
            $"train: 0 run, {runs.Count} cached, 0 diverged, 0 failed",
            workspace.Run("--target=Report").Line("train")
        );
        Assert.Matches("^verify: 2 claims: .* 0 changed, 0 stale$", workspace.Run("--target=Verify").Line("verify"));
        Assert.Contains(
            "the same to the last bit",
            workspace.Run("--target=Diff", "--from=results", "--to=results").Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Means over 3 to 10 seeds",
            workspace.Read("results/small/README.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Verify_knows_how_many_seeds_the_claims_lead_to()
    {
        workspace.Run("--target=Report").Succeeded();
        var file = workspace.Read("results/small/runs.csv");
        var last = file.Split('\n')
            .Last(line =>
                line.Contains(",gelu,he_normal,none,", StringComparison.Ordinal)
                && int.Parse(line.Split(',')[5], System.Globalization.CultureInfo.InvariantCulture) >= 3
            );

        workspace.Write("results/small/runs.csv", file.Replace(last + "\n", "", StringComparison.Ordinal));
        var cut = workspace.Run("--target=Verify");
        Assert.Equal(255, cut.ExitCode);
        Assert.Contains(
            "runs.csv: its cells have other numbers of seeds than those that its claims lead to; write it again with --target=Report.",
            cut.Error,
            StringComparison.Ordinal
        );

        workspace.Write("results/small/runs.csv", file);
        workspace.Edit("experiments/small.yaml", "at_least: 3, at_most: 10", "at_least: 3, at_most: 5");
        Assert.Equal(
            "verify: 2 claims: 0 hold, 0 refuted, 0 undecided, 0 changed, 2 stale",
            workspace.Run("--target=Verify").Line("verify")
        );
    }

    [Fact]
    public void The_seeds_follow_from_the_results_however_they_came_about()
    {
        workspace.Run("--target=Report", "--jobs=1").Succeeded();
        using var other = new Workspace();
        other.Write("experiments/small.yaml", workspace.Read("experiments/small.yaml"));
        // A part is run first, and with other seeds: the study finds these runs in the cache.
        other.Run("--target=Train", "--set=seeds=5", "--only=activation=gelu", "--jobs=2").Succeeded();
        other.Run("--target=Report", "--jobs=2").Succeeded();

        Assert.Equal(workspace.Files("results"), other.Files("results"));
    }

    [Fact]
    public void A_run_with_one_of_the_later_seeds_can_be_shown()
    {
        workspace.Run("--target=Report").Succeeded();
        var last = workspace
            .Read("results/small/runs.csv")
            .Split('\n')
            .Last(line => line.Contains(",gelu,he_normal,none,", StringComparison.Ordinal) && line.Split(',')[5] == "5")
            .Split(',')[0];

        Assert.Contains(
            "outcome: completed",
            workspace.Run("--target=Show", $"--run={last}").Succeeded(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_study_with_nothing_to_decide_is_refused_where_it_says_so()
    {
        workspace.Edit("experiments/small.yaml", Claims, "");

        var outcome = workspace.Run("--target=Plan");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Contains(
            "small.yaml:17:8: no claim of the study is judged by a test, so that there is nothing to decide; write seeds: 3.",
            outcome.Error,
            StringComparison.Ordinal
        );
    }
}
