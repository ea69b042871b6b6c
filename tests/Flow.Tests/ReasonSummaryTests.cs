using Pipeline.Progress;

namespace Pipeline.Flow.Tests;

public sealed class ReasonSummaryTests
{
    [Fact]
    public void Equal_reasons_share_a_line_and_the_most_frequent_comes_first() =>
        Assert.Equal(
            ["train: 3 runs: parameter epochs 3 → 4", "train: 1 run: new"],
            ReasonSummary.Of(
                "train",
                Runs,
                ["new", "parameter epochs 3 → 4", "parameter epochs 3 → 4", "parameter epochs 3 → 4"]
            )
        );

    [Fact]
    public void A_flood_of_reasons_is_cut_without_losing_count()
    {
        var lines = ReasonSummary.Of("train", Runs, Enumerable.Range(0, 100).Select(i => $"reason {i:000}")).ToList();

        Assert.Equal(13, lines.Count);
        Assert.Equal("train: 88 runs: 88 other reasons", lines[^1]);
    }

    [Fact]
    public void No_reason_gives_no_line() => Assert.Empty(ReasonSummary.Of("train", Runs, []));

    private static string Runs(int count) => Counted.Of(count, "run");
}
