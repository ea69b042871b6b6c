namespace Pipeline.Tests;

/// <summary>Commands of several clones at once on one cache.</summary>
public sealed class ConcurrencyTests
{
    /// <summary>Each has some, which it will never store.</summary>
    [Fact]
    public async Task Commands_whose_runs_fail_do_not_wait_for_each_other()
    {
        using var first = new Workspace();
        using var second = new Workspace();
        first.Run("--target=Preprocess").Succeeded();
        // Preprocess would refuse such a batch.
        foreach (var clone in (Workspace[])[first, second])
            clone.Edit("experiments/small.yaml", "batch_size: 64", "batch_size: 5000");

        var ended = await Task.WhenAll(
            new[] { first, second }.Select(clone =>
                Task.Run(() =>
                    clone.Run("--target=Train", "--exclusive", "--jobs=1", $"--cache={first.PathOf("cache")}")
                )
            )
        );

        Assert.All(ended, outcome => Assert.Equal(255, outcome.ExitCode));
        Assert.All(
            ended,
            outcome => Assert.Equal("train: 0 run, 0 cached, 0 diverged, 16 failed", outcome.Line("train"))
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Commands_at_once_on_one_cache_all_find_the_same(int count)
    {
        using var alone = new Workspace();
        alone.Run("--target=Report").Succeeded();
        var clones = Enumerable.Range(0, count).Select(_ => new Workspace()).ToArray();
        try
        {
            var cache = $"--cache={clones[0].PathOf("cache")}";

            var ended = await Task.WhenAll(
                clones.Select(clone => Task.Run(() => clone.Run("--target=Report", cache, "--jobs=1")))
            );

            var trained = ended.Sum(outcome =>
                int.Parse(
                    outcome
                        .Succeeded()
                        .Split('\n')
                        .Last(line =>
                            line.StartsWith("train: ", StringComparison.Ordinal)
                            && line.Contains(" cached", StringComparison.Ordinal)
                        )
                        .Split(' ')[1],
                    System.Globalization.CultureInfo.InvariantCulture
                )
            );
            // Claims are a courtesy: two may meet at a run.
            Assert.InRange(trained, 16, 16 * count);
            Assert.All(clones, clone => Assert.Equal(alone.Files("results"), clone.Files("results")));
            Assert.DoesNotContain(ended, outcome => outcome.Output.Contains("damaged", StringComparison.Ordinal));
            Assert.Equal(
                "train: 0 run, 16 cached, 0 diverged, 0 failed",
                clones[^1].Run("--target=Train", cache).Line("train")
            );
        }
        finally
        {
            Array.ForEach(clones, clone => clone.Dispose());
        }
    }
}
