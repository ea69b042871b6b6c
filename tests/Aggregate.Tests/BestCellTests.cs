using Pipeline.Artifacts;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class BestCellTests
{
    [Fact]
    public void Cells_are_compared_with_the_best_seed_by_seed()
    {
        // Differences 0.1, 0.1, 0.1 of the first; 0, 0.3, −0.15 of the third: t = 0.05/(0.2291288/√3) = 0.377964,
        // P(T₂ ≥ t) = ½ − t/(2√(2 + t²)) = 0.3709.
        var cells = Cells([0.7, 0.8, 0.9], [0.8, 0.9, 1.0], [0.8, 0.6, 1.15]);

        Assert.Equal(0, cells[0].BelowBest!.Value, 1e-12);
        Assert.Null(cells[1].BelowBest);
        Assert.Equal(0.3709, cells[2].BelowBest!.Value, 1e-4);
    }

    [Fact]
    public void Among_equals_the_first_is_the_best() =>
        Assert.Equal([null, 0.5], Cells([0.8, 0.9], [0.8, 0.9]).Select(cell => cell.BelowBest));

    [Fact]
    public void A_diverged_run_counts_as_0()
    {
        var cells = Aggregator
            .Aggregate(
                Plan([Texts("activation", "a", "b")], [], 1, 2),
                [Completed(0.9), Completed(1), Diverged(), Diverged()]
            )
            .Cells;

        Assert.InRange(cells[1].BelowBest!.Value, 0, 0.05);
    }

    [Fact]
    public void One_seed_tells_nothing() => Assert.All(Cells([0.8], [0.9]), cell => Assert.Null(cell.BelowBest));

    private static IReadOnlyList<CellRow> Cells(params double[][] accuracies)
    {
        var axis = Texts("activation", [.. accuracies.Select((_, i) => $"a{i}")]);
        var plan = Plan([axis], [], [.. Enumerable.Range(1, accuracies[0].Length)]);
        return Aggregator
            .Aggregate(plan, [.. accuracies.SelectMany(cell => cell).Select(accuracy => Completed(accuracy))])
            .Cells;
    }
}
