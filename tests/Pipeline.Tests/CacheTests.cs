namespace Pipeline.Tests;

public sealed class CacheTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("seeds: 2", "seeds: 3", "train: 8 run, 16 cached, 0 diverged, 0 failed")]
    [InlineData("seeds: 2", "seeds: 1", "train: 0 run, 8 cached, 0 diverged, 0 failed")]
    [InlineData("[relu, gelu]", "[tanh, relu, gelu]", "train: 8 run, 16 cached, 0 diverged, 0 failed")]
    [InlineData("[0.03, 0.1]", "[0.1, 0.3]", "train: 8 run, 8 cached, 0 diverged, 0 failed")]
    [InlineData(
        "title: A small grid",
        "title: Another name # and a comment",
        "train: 0 run, 16 cached, 0 diverged, 0 failed"
    )]
    [InlineData(
        "  batch_size: 64\n  epochs: 3",
        "  epochs: 3\n  batch_size: 64",
        "train: 0 run, 16 cached, 0 diverged, 0 failed"
    )]
    [InlineData(
        "learning_rate: [0.03, 0.1]",
        "learning_rate: [3e-2, 1.0e-1]",
        "train: 0 run, 16 cached, 0 diverged, 0 failed"
    )]
    public void Only_new_runs_are_trained(string from, string to, string line)
    {
        workspace.Run("--target=Report").Succeeded();
        workspace.Edit("experiments/small.yaml", from, to);

        Assert.Equal(line, workspace.Run("--target=Report").Line("train"));
    }

    [Fact]
    public void A_miss_names_what_changed_and_how()
    {
        workspace.Run("--target=Report").Succeeded();
        workspace.Edit("experiments/small.yaml", "epochs: 3", "epochs: 4");

        var output = workspace.Run("--target=Plan").Succeeded();

        Assert.Contains("train: 16 of 16 runs to do: parameter epochs 3 → 4\n", output, StringComparison.Ordinal);
        Assert.EndsWith(
            "plan: 16 of 16 runs to do, 2 stages to do",
            output.Split('\n').Last(line => line.StartsWith("plan", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_plan_before_anything_ran_counts_everything_and_runs_nothing()
    {
        Assert.Equal("plan: 16 of 16 runs to do, 6 stages to do", workspace.Run("--target=Plan").Line("plan"));
        Assert.Empty(workspace.Files("results"));
    }

    [Fact]
    public void Another_folder_and_another_file_name_find_the_same_runs()
    {
        workspace.Run("--target=Report").Succeeded();
        using var other = new Workspace();
        File.Move(other.PathOf("experiments/small.yaml"), other.PathOf("experiments/renamed.yaml"));

        Assert.Equal(
            "train: 0 run, 16 cached, 0 diverged, 0 failed",
            other.Run("--target=Train", $"--cache={workspace.PathOf("cache")}").Line("train")
        );
    }

    [Fact]
    public void Data_that_are_packed_anew_change_nothing()
    {
        workspace.Run("--target=Report").Succeeded();
        workspace.Edit("experiments/small.yaml", "dataset: digits", "dataset: wine");
        workspace.Run("--target=Report").Succeeded();
        workspace.Edit("experiments/data/wine_data.csv", "14.23,1.71", "14.230,1.71");

        var output = workspace.Run("--target=Report").Succeeded();

        Assert.Contains("dataset wine: input wine_data.csv", output, StringComparison.Ordinal);
        Assert.Contains("train: 0 run, 16 cached, 0 diverged, 0 failed\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_entries_are_noticed_and_computed_again_to_the_same_bytes()
    {
        workspace.Run("--target=Report").Succeeded();
        var before = workspace.Files("results");
        foreach (
            var path in Directory
                .EnumerateFiles(workspace.PathOf("cache"), "*", SearchOption.AllDirectories)
                .Where(path =>
                    path.Contains("/ac/", StringComparison.Ordinal) || path.Contains("/cas/", StringComparison.Ordinal)
                )
        )
        {
            var bytes = File.ReadAllBytes(path);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(path, bytes);
        }
        Directory.Delete(workspace.PathOf("results"), recursive: true);

        var output = workspace.Run("--target=Report").Succeeded();

        Assert.Contains("damaged", output, StringComparison.Ordinal);
        Assert.Contains("train: 16 run, 0 cached, 0 diverged, 0 failed\n", output, StringComparison.Ordinal);
        Assert.Equal(before, workspace.Files("results"));
    }

    [Fact]
    public void A_killed_command_keeps_what_it_finished()
    {
        workspace.Edit("experiments/small.yaml", "epochs: 3", "epochs: 300");
        using (var process = workspace.Start(new Dictionary<string, string>(), "--target=Report", "--jobs=1"))
        {
            var manifests = workspace.PathOf("cache/ac");
            var deadline = DateTime.UtcNow.AddMinutes(2);
            while (
                !(
                    Directory.Exists(manifests)
                    && Directory.EnumerateFiles(manifests, "*", SearchOption.AllDirectories).Count() > 6
                )
                && DateTime.UtcNow < deadline
            )
                Thread.Sleep(5);
            process.Kill();
            process.WaitForExit();
        }

        var resumed = workspace.Run("--target=Report");
        var line = resumed.Line("train");
        var results = workspace.Files("results");
        Assert.Matches("^train: ([1-9]|1[0-5]) run, ([1-9]|1[0-5]) cached, 0 diverged, 0 failed$", line);

        using var whole = new Workspace();
        whole.Write("experiments/small.yaml", workspace.Read("experiments/small.yaml"));
        whole.Run("--target=Report").Succeeded();
        Assert.Equal(results, whole.Files("results"));
    }

    [Fact]
    public void A_read_only_cache_is_read_and_not_written()
    {
        workspace.Run("--target=Report", "--only=activation=relu").Succeeded();
        var before = Entries();

        var output = workspace.Run("--target=Report", "--cache-mode=read").Succeeded();

        Assert.Contains("train: 8 run, 8 cached, 0 diverged, 0 failed\n", output, StringComparison.Ordinal);
        Assert.Equal(before, Entries());
    }

    [Fact]
    public void Force_runs_what_is_asked_for_again_and_finds_the_same()
    {
        workspace.Run("--target=Report").Succeeded();
        var before = Entries();

        Assert.Equal(
            "train: 16 run, 0 cached, 0 diverged, 0 failed",
            workspace.Run("--target=Train", "--force").Line("train")
        );
        Assert.Equal(before, Entries());
    }

    private IReadOnlyList<string> Entries() =>
        [
            .. new[] { "ac", "cas" }
                .Select(store => workspace.PathOf($"cache/{store}"))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                .Order(StringComparer.Ordinal),
        ];
}
