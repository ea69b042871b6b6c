using Pipeline.Artifacts;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class BestCellTests
{
    [Fact]
    public void Cells_are_compared_with_the_best_seed_by_seed()
    {
        // Differences 0.1, 0.1, 0.1 of the first: the sign test's 2⁻³, doubled by Holm. 0, 0.3, −0.15 of the third:
        // t = 0.05/(0.2291288/√3) = 0.377964, P(T₂ ≥ t) = ½ − t/(2√(2 + t²)) = 0.3709.
        var cells = Cells([0.7, 0.8, 0.9], [0.8, 0.9, 1.0], [0.8, 0.6, 1.15]);

        Assert.Equal(0.25, cells[0].BelowBest);
        Assert.Null(cells[1].BelowBest);
        Assert.Equal(0.3709, cells[2].BelowBest!.Value, 1e-4);
    }

    [Fact]
    public void Looking_at_the_runs_in_rounds_is_paid_for()
    {
        // Once at three seeds, once at six: 2⁻⁶, doubled.
        var plan = Plan([Texts("activation", "a", "b")], [], 0, 1, 2, 3, 4, 5) with
        {
            AtLeast = 3,
        };
        var all = plan with { More = [new(0, 6), new(1, 6)] };
        RunResult[] results =
        [
            .. new[] { 0.8, 0.9 }.SelectMany(accuracy => Enumerable.Range(0, 6).Select(_ => Completed(accuracy))),
        ];

        Assert.Equal([1.0 / 32, null], Aggregator.Aggregate(all, results).Cells.Select(cell => cell.BelowBest));
    }

    [Fact]
    public void Among_equals_the_first_is_the_best() =>
        Assert.Equal([null, 1], Cells([0.8, 0.9, 0.7], [0.8, 0.9, 0.7]).Select(cell => cell.BelowBest));

    [Fact]
    public void A_diverged_run_counts_as_0()
    {
        var cells = Aggregator
            .Aggregate(
                Plan([Texts("activation", "a", "b")], [], 1, 2, 3),
                [Completed(0.9), Completed(1), Completed(0.95), Diverged(), Diverged(), Diverged()]
            )
            .Cells;

        Assert.InRange(cells[1].BelowBest!.Value, 0, 0.001);
    }

    [Fact]
    public void Where_every_run_diverged_no_cell_is_the_best()
    {
        var cells = Aggregator
            .Aggregate(
                Plan([Texts("activation", "a", "b")], [], 1, 2, 3),
                [.. Enumerable.Repeat(Diverged() with { Metrics = Completed(0.5).Metrics }, 6)]
            )
            .Cells;

        Assert.All(cells, cell => Assert.Equal((null, 3), (cell.BelowBest, cell.Diverged)));
    }

    [Theory]
    [InlineData("dataset")]
    [InlineData("split.seed")]
    public void Cells_that_are_not_tested_by_the_same_rows_are_not_compared(string axis)
    {
        // The best of the first two are 0.9, of the others 0.8: each is compared within its own test split.
        var plan = Plan([Texts(axis, "one", "two"), Texts("activation", "a", "b")], [], 1, 2, 3);

        var cells = Aggregator.Aggregate(plan, [.. Accuracies()]).Cells;

        Assert.Equal([true, false, false, true], cells.Select(cell => cell.BelowBest is null));
        Assert.Equal([0.125, 0.125], [cells[1].BelowBest, cells[2].BelowBest]);

        static IEnumerable<RunResult> Accuracies() =>
            new[] { 0.9, 0.85, 0.7, 0.8 }.SelectMany(accuracy => Enumerable.Repeat(Completed(accuracy), 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fewer_than_three_seeds_tell_nothing(int seeds) =>
        Assert.All(
            Cells([.. new[] { 0.8, 0.7 }.Take(seeds)], [.. new[] { 0.9, 0.9 }.Take(seeds)]),
            cell => Assert.Null(cell.BelowBest)
        );

    private static IReadOnlyList<CellRow> Cells(params double[][] accuracies)
    {
        var axis = Texts("activation", [.. accuracies.Select((_, i) => $"a{i}")]);
        var plan = Plan([axis], [], [.. Enumerable.Range(1, accuracies[0].Length)]);
        return Aggregator
            .Aggregate(plan, [.. accuracies.SelectMany(cell => cell).Select(accuracy => Completed(accuracy))])
            .Cells;
    }
}
