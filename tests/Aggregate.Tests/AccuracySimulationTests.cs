using Pipeline.Artifacts;
using Xunit.Abstractions;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>How often verdicts on accuracies are false where the truth is known; tests print what they found.</summary>
public sealed class AccuracySimulationTests(ITestOutputHelper output)
{
    // Without luck of the seeds; with some, as much as MS_interaction shows by chance; with much.
    private static readonly (double Ability, double OfRow, double OfCell, double OfSeed)[] Models =
    [
        (2.1, 1, 0, 0),
        (2.1, 1, 1, 0),
        (2.1, 1, 0, 0.3),
        (2.1, 1, 1, 0.5),
        (3.6, 1, 1, 0.5),
    ];

    public static TheoryData<int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            foreach (var rows in new[] { 180, 360 })
            {
                foreach (var seeds in new[] { 3, 5, 10, 20 })
                    sizes.Add(rows, seeds);
            }
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Equally_good_cells_are_told_apart_in_one_study_of_twenty_at_most(int rows, int seeds)
    {
        var (above, below) = (0, 0);
        foreach (var model in Models)
        {
            var runs = Of(rows, model);
            var sides = Sides(runs, seeds, 0, 0);
            AssertRare(sides.Above + sides.Below, Studies(seeds), $"{rows} rows, {seeds} seeds, {model}");
            (above, below) = (above + sides.Above, below + sides.Below);
        }
        // Either verdict has half of it.
        AssertRare(above, Studies(seeds) * Models.Length, $"{rows} rows, {seeds} seeds: holds", Significance.Side);
        AssertRare(below, Studies(seeds) * Models.Length, $"{rows} rows, {seeds} seeds: refuted", Significance.Side);
    }

    [Theory]
    [InlineData(180, 3)]
    [InlineData(360, 5)]
    [InlineData(180, 10)]
    public void So_are_cells_that_differ_by_the_threshold(int rows, int seeds)
    {
        foreach (var model in Models.Where(model => model.Ability < 3))
        {
            var runs = Of(rows, model);
            var better = runs.Better(0.05);
            var sides = Sides(runs, seeds, better, runs.Truth(better) - runs.Truth(0));
            AssertRare(sides.Above + sides.Below, Studies(seeds), $"{rows} rows, {seeds} seeds, {model}, by 0.05");
        }
    }

    [Fact]
    public void More_seeds_and_more_rows_show_more_of_a_difference()
    {
        var model = Models[2];
        var shares = new Dictionary<(int Rows, int Seeds), double>();
        foreach (var (rows, seeds) in Sizes.Select(size => ((int)size[0], (int)size[1])))
        {
            var runs = Of(rows, model);
            shares[(rows, seeds)] = (double)Sides(runs, seeds, runs.Better(0.03), 0).Above / Studies(seeds);
            output.WriteLine($"{rows} rows, {seeds} seeds: {shares[(rows, seeds)]:P1} find a difference of 0.03");
        }
        foreach (var rows in new[] { 180, 360 })
        {
            Assert.True(shares[(rows, 3)] < shares[(rows, 5)]);
            Assert.True(shares[(rows, 5)] < shares[(rows, 10)]);
            Assert.True(shares[(rows, 10)] < shares[(rows, 20)]);
        }
        Assert.All(new[] { 3, 5, 10, 20 }, seeds => Assert.True(shares[(180, seeds)] < shares[(360, seeds)]));
    }

    /// <summary>
    /// The mean is over the rows of one test split: where these alone make a difference, more seeds alone would tell equal cells apart.
    /// </summary>
    [Fact]
    public void Rows_alone_make_no_difference_however_many_seeds_there_are()
    {
        var runs = new SimulatedRuns(180, 2.5, 1, 1.5, 0.1);
        var (random, crossed, paired) = (new Random(7), 0, 0);
        for (var study = 0; study < 300; study++)
        {
            var cells = runs.Draw(random, 40, 0, 0);
            var sample = TestRows.Pairs(cells[0], cells[1], runs.Labels);
            crossed += IsDecided(Comparison.Of(sample, 0)) ? 1 : 0;
            paired += IsDecided(Comparison.Of(sample with { Terms = [] }, 0)) ? 1 : 0;
        }
        output.WriteLine($"Of 300 studies {crossed} by the crossed variance, {paired} by seeds alone");

        Assert.InRange(crossed, 0, 15 + 11);
        Assert.InRange(paired, 150, 300);
    }

    /// <summary>As many as take about the same time.</summary>
    private static int Studies(int seeds) => 2_000 / Math.Max(seeds, 5);

    private static SimulatedRuns Of(int rows, (double Ability, double OfRow, double OfCell, double OfSeed) model) =>
        new(rows, model.Ability, model.OfRow, model.OfCell, model.OfSeed);

    private static (int Above, int Below) Sides(SimulatedRuns runs, int seeds, double better, double threshold)
    {
        var (random, above, below) = (new Random(seeds + runs.Rows), 0, 0);
        for (var study = 0; study < Studies(seeds); study++)
        {
            var cells = runs.Draw(random, seeds, better, 0);
            var comparison = Comparison.Of(TestRows.Pairs(cells[0], cells[1], runs.Labels), threshold);
            above += comparison.Greater < Significance.Side ? 1 : 0;
            below += comparison.Less < Significance.Side ? 1 : 0;
        }
        return (above, below);
    }

    private static bool IsDecided(Comparison comparison) =>
        Math.Min(comparison.Greater, comparison.Less) < Significance.Side;

    private void AssertRare(int found, int studies, string what, double level = Significance.Level)
    {
        output.WriteLine($"{what}: {(double)found / studies:P1}");
        Assert.True(
            found <= (level * studies) + (3 * Math.Sqrt(level * (1 - level) * studies)),
            $"{what}: {found} of {studies} verdicts are false"
        );
    }
}
