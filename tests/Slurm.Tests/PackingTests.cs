using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class PackingTests
{
    [Theory]
    [InlineData(100, 60, 1, 10)]
    [InlineData(100, 60, 4, 3)]
    [InlineData(1, 60, 1, 1)]
    public void Tasks_take_about_as_long_as_wanted(int runs, double each, int threads, int count) =>
        Assert.Equal(count, Packing.Count(All(runs, each), threads, wanted: 600, slots: null, most: 1000));

    [Fact]
    public void No_slot_stays_idle_where_all_is_done_soon() =>
        Assert.Equal(8, Packing.Count(All(100, 1), threads: 1, wanted: 600, slots: 8, most: 1000));

    [Fact]
    public void It_is_not_worth_to_begin_a_task_for_less_than_ten_seconds() =>
        Assert.Equal(3, Packing.Count(All(100, 0.25), threads: 1, wanted: 600, slots: 8, most: 1000));

    [Fact]
    public void There_are_no_more_tasks_than_runs() =>
        Assert.Equal(3, Packing.Count(All(3, 1e6), threads: 1, wanted: 600, slots: 50, most: 1000));

    [Fact]
    public void There_are_no_more_tasks_than_may_be() =>
        Assert.Equal(7, Packing.Count(All(100, 1e6), threads: 1, wanted: 600, slots: 50, most: 7));

    [Fact]
    public void Runs_of_unknown_length_are_one_task() =>
        Assert.Equal(1, Packing.Count(All(100, 0), threads: 1, wanted: 600, slots: 50, most: 1000));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 7)]
    [InlineData(100, 100)]
    [InlineData(1000, 3)]
    public void Each_run_is_dealt_once(int runs, int count)
    {
        var packs = Packing.Deal(Uneven(runs), count);

        Assert.Equal(count, packs.Count);
        Assert.Equal(Enumerable.Range(0, runs), packs.SelectMany(pack => pack).Order());
    }

    [Fact]
    public void Runs_that_take_no_time_are_spread_all_the_same() =>
        Assert.All(Packing.Deal(All(100, 0), 4), pack => Assert.Equal(25, pack.Count));

    [Fact]
    public void Tasks_differ_by_no_more_than_the_longest_run()
    {
        var seconds = Uneven(500);

        var loads = Packing.Deal(seconds, 12).Select(pack => pack.Sum(run => seconds[run])).ToArray();

        Assert.InRange(loads.Max() - loads.Min(), 0, seconds.Max());
    }

    [Fact]
    public void Neighbours_are_not_dealt_in_turn()
    {
        var packs = Packing.Deal(All(400, 1), 2);

        // In turn each task would have every other run.
        var steps = packs[0].Zip(packs[0].Skip(1), (one, next) => next - one).ToArray();
        Assert.Contains(1, steps);
        Assert.Contains(steps, step => step > 2);
    }

    [Fact]
    public void Each_task_has_early_and_late_runs() =>
        Assert.All(Packing.Deal(All(400, 1), 4), pack => Assert.InRange(pack.Count(run => run < 200), 30, 70));

    [Fact]
    public void A_tasks_runs_are_in_order() =>
        Assert.All(Packing.Deal(Uneven(100), 7), pack => Assert.Equal(pack.Order(), pack));

    [Fact]
    public void The_same_runs_are_dealt_in_the_same_way() =>
        Assert.Equal(Packing.Deal(Uneven(100), 7), Packing.Deal(Uneven(100), 7));

    private static double[] All(int runs, double seconds) => [.. Enumerable.Repeat(seconds, runs)];

    private static double[] Uneven(int runs) => [.. Enumerable.Range(0, runs).Select(run => 1 + (run * 7 % 13))];
}
