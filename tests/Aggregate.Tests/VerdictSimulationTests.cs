using Pipeline.Artifacts;
using Xunit.Abstractions;
using static Pipeline.Artifacts.ClaimRelation;
using static Pipeline.Stages.Aggregate.Tests.Claims;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>How often a study says what isn't true, all its claims, verdicts and looks together; tests print what they found.</summary>
public sealed class VerdictSimulationTests(ITestOutputHelper output)
{
    // MS_seed is about as large as MS_interaction, so that chance decides which is seen to be the larger one.
    private static readonly SimulatedRuns Runs = new(180, 2.1, 1, 0.5, 0.2);

    // Rows and seeds matter as much as each other: few seeds show next to nothing of the latter in some studies.
    private static readonly SimulatedRuns RowsAndSeeds = new(180, 2.1, 1, 2, 0.5);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public void A_claim_and_its_opposite_err_in_one_study_of_twenty_at_most(int seeds)
    {
        var opposite = ReluIs(Below) with { Says = "It is not so" };
        var pair = OfStudies(1_500 / seeds, random => HasVerdict(random, Runs, 2, seeds, ReluIs(Above), opposite));
        var single = OfStudies(1_500 / seeds, random => HasVerdict(random, Runs, 2, seeds, ReluIs(Above)));

        AssertRare(pair, 1_500 / seeds, $"a claim and its opposite, {seeds} seeds");
        AssertRare(single, 1_500 / seeds, $"a claim, {seeds} seeds");
    }

    /// <summary>Ten independent ones, each about two cells of its own.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Ten_claims_err_in_one_study_of_twenty_at_most(int seeds)
    {
        Claim[] claims =
        [
            .. Enumerable
                .Range(0, 10)
                .Select(i => (Left: Cell(Name(2 * i)), Right: Cell(Name((2 * i) + 1)), IsAbove: i % 2 == 0))
                .Select(pair => Claim("test_accuracy", pair.Left, pair.IsAbove ? Above : Below, pair.Right)),
        ];
        const int Studies = 150;
        foreach (var runs in new[] { Runs, RowsAndSeeds })
        {
            AssertRare(
                OfStudies(Studies, random => HasVerdict(random, runs, 20, seeds, claims)),
                Studies,
                $"ten claims, {seeds} seeds, {runs.OfSeed} their luck"
            );
        }
    }

    [Fact]
    public void Looking_at_5_then_10_20_and_40_seeds_errs_in_one_study_of_twenty_at_most()
    {
        const int Studies = 200;
        var grown = 0;
        var wrong = OfStudies(
            Studies,
            random =>
            {
                var rows = Runs.Draw(random, 40, 0, 0);
                var plan = OfCells(2, 40) with { AtLeast = 5, Claims = [ReluIs(Above)] };
                while (Aggregator.WithMoreSeeds(plan, Results(plan, rows)) is { } next)
                    plan = next;
                grown += plan.More.Count > 0 ? 1 : 0;
                return Aggregator.Aggregate(plan, Results(plan, rows)).Claims[0].Verdict != ClaimVerdict.Undecided;
            }
        );

        AssertRare(wrong, Studies, "5 to 40 seeds until decided");
        Assert.InRange(grown, Studies / 4, Studies);
    }

    /// <summary>
    /// All seeds learn from parts of one pool of data, which suits one cell more than the other: that is no luck of a seed. The truth that
    /// a claim is about is that of the pool.
    /// </summary>
    [Fact]
    public void Seeds_that_share_a_pool_of_training_data_are_judged_by_what_is_true_of_it()
    {
        const int Studies = 400;
        var (ofPool, ofAnyPool) = (0, 0);
        var random = new Random(5);
        for (var study = 0; study < Studies; study++)
        {
            double[] pool = [0.4 * SimulatedRuns.Normal(random), 0.4 * SimulatedRuns.Normal(random)];
            var cells = Runs.Draw(random, 10, pool);
            var sample = TestRows.Pairs(cells[0], cells[1], Runs.Labels);
            ofPool += IsDecided(Comparison.Of(sample, Runs.Truth(pool[0]) - Runs.Truth(pool[1]))) ? 1 : 0;
            ofAnyPool += IsDecided(Comparison.Of(sample, 0)) ? 1 : 0;
        }

        AssertRare(ofPool, Studies, "ten seeds of one pool");
        output.WriteLine($"Of any pool it is not: {(double)ofAnyPool / Studies:P1}");
        Assert.InRange(ofAnyPool, Studies / 5, Studies);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Numbers_without_test_rows_err_in_one_study_of_twenty_at_most(int seeds)
    {
        const int Studies = 1_000;
        var wrong = OfStudies(
            Studies,
            random =>
                Tables(
                    OfCells(2, seeds),
                    [ReluIs(Above, "test_loss")],
                    [.. Enumerable.Range(0, 2 * seeds).Select(_ => WithLoss(10 + SimulatedRuns.Normal(random)))]
                )
                    .Claims[0]
                    .Verdict != ClaimVerdict.Undecided
        );

        AssertRare(wrong, Studies, $"a loss, {seeds} seeds");
        Assert.InRange(wrong, Studies / 50, Studies);

        static RunResult WithLoss(double loss)
        {
            var result = Completed(0.5);
            result.Metrics["test_loss"] = loss;
            return result;
        }
    }

    /// <summary>Of five cells that are equally good, one is the true best as well as another: the first, say.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public void The_true_best_cell_is_excluded_in_one_study_of_twenty_at_most(int seeds)
    {
        var studies = 1_500 / seeds;
        var any = 0;
        var first = OfStudies(
            studies,
            random =>
            {
                var plan = OfCells(5, seeds);
                var cells = Aggregator.Aggregate(plan, Results(plan, Runs.Draw(random, seeds, 0, 0, 0, 0, 0))).Cells;
                any += cells.Any(cell => cell.BelowBest < Significance.Level) ? 1 : 0;
                return cells[0].BelowBest < Significance.Level;
            }
        );

        AssertRare(first, studies, $"the first of five equal cells, {seeds} seeds");
        output.WriteLine($"any of them: {(double)any / studies:P1}");
    }

    private static bool IsDecided(Comparison comparison) =>
        Math.Min(comparison.Greater, comparison.Less) < Significance.Side;

    /// <summary>Whether a claim about cells that are equally good is said to hold, or to be refuted.</summary>
    private static bool HasVerdict(Random random, SimulatedRuns runs, int cells, int seeds, params Claim[] claims)
    {
        var plan = OfCells(cells, seeds);
        return Tables(plan, claims, Results(plan, runs.Draw(random, seeds, new double[cells])))
            .Claims.Any(claim => claim.Verdict != ClaimVerdict.Undecided);
    }

    private static Plan OfCells(int cells, int seeds) =>
        Plan([Texts("activation", [.. Enumerable.Range(0, cells).Select(Name)])], [], [.. Enumerable.Range(0, seeds)]);

    private static string Name(int cell) =>
        cell switch
        {
            0 => "relu",
            1 => "tanh",
            _ => $"a{cell}",
        };

    private static RunResult[] Results(Plan plan, bool[][][] rows) =>
        [.. plan.Runs().Select(run => TestRows.Result(rows[run.Trial][run.Seed], Runs.Labels))];

    private static int OfStudies(int studies, Func<Random, bool> isWrong)
    {
        var random = new Random(3);
        return Enumerable.Range(0, studies).Count(_ => isWrong(random));
    }

    private void AssertRare(int found, int studies, string what)
    {
        output.WriteLine($"{what}: {(double)found / studies:P1}");
        var error = Math.Sqrt(Significance.Level * (1 - Significance.Level) * studies);
        Assert.True(
            found <= (Significance.Level * studies) + (3 * error),
            $"{what}: {found} of {studies} studies are wrong"
        );
    }
}
