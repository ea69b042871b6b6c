namespace Pipeline.Tests;

/// <summary>Commands of several clones at once on one cache.</summary>
public sealed class ConcurrencyTests
{
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
