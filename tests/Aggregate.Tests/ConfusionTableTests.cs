using Pipeline.Artifacts;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class ConfusionTableTests
{
    [Fact]
    public void A_cell_has_the_sums_over_the_runs_of_the_chosen_trial()
    {
        var plan = Plan([Texts("activation", "relu", "tanh")], [Numbers("learning_rate", 0.01, 0.1)], 1, 2);
        var results = plan.Runs()
            .Select(run => Completed(run.Trial is 1 or 2 ? 0.9 : 0.1) with { Confusion = [run.Trial, run.Seed, 0, 1] });

        var table = Aggregator.Aggregate(plan, [.. results]).Confusions;

        Assert.Equal([0, 1], table.Select(row => row.Cell));
        Assert.Equal([2, 3, 0, 2], table[0].Counts);
        Assert.Equal([4, 3, 0, 2], table[1].Counts);
    }

    [Fact]
    public void Runs_that_diverged_count_nothing()
    {
        var plan = Plan([], [], 1, 2);

        var table = Aggregator
            .Aggregate(plan, [Completed(0.5) with { Confusion = [1, 1, 0, 2] }, Diverged()])
            .Confusions;

        Assert.Equal([1, 1, 0, 2], Assert.Single(table).Counts);
        Assert.Empty(Aggregator.Aggregate(plan, [Diverged(), Diverged()]).Confusions);
    }
}
