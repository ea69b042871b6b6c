using System.Text.Json;

namespace Pipeline.Diff.Tests;

/// <summary>What the test of a cell says, and what a tolerance leaves out.</summary>
public sealed class SignificanceTests : IDisposable
{
    private readonly MadeUpResults results = new();

    public SignificanceTests()
    {
        results.Study("old/grid");
        results.Study("new/grid");
    }

    public void Dispose() => results.Dispose();

    [Fact]
    public void One_seed_that_moved_by_one_ulp_is_not_significant()
    {
        results.Study(
            "new/grid",
            (activation, seed) =>
                seed == 0
                    ? Math.BitDecrement(MadeUpResults.Steady(activation, 0)!.Value)
                    : MadeUpResults.Steady(activation, seed)
        );

        results.Diff(failOn: FailOn.Significant);

        Assert.Equal(1, Cell("activation=relu").GetProperty("p").GetDouble());
        Assert.False(Cell("activation=relu").GetProperty("significant").GetBoolean());
    }

    [Fact]
    public void What_the_test_could_have_found_is_told_at_its_share_of_the_level()
    {
        // Every cell moves by ±0.01; s² = 1.2e-4, so that with 4 degrees of freedom and a level of 1.25 % in each direction
        // t = 3.495 and that of 80 % is 0.941: (3.495 + 0.941)·√(1.2e-4/5) = 2.173 points.
        results.Study(
            "new/grid",
            (activation, seed) => MadeUpResults.Steady(activation, seed) + (seed % 2 == 0 ? 0.01 : -0.01)
        );

        var page = results.Diff();

        Assert.Contains(
            "| cell | test accuracy, % | difference, points | detectable, points | d |",
            page,
            StringComparison.Ordinal
        );
        Assert.Matches(@"\| `activation=relu` \| 92\.00 → 92\.20 \| \+0\.20 \[.*\] \| 2\.17 \|", page);
        Assert.Equal(0.0217, Cell("activation=relu").GetProperty("detectable").GetDouble(), 4);
        Assert.Equal(Math.Sqrt(1.2e-4 / 5), Cell("activation=relu").GetProperty("standard_error").GetDouble(), 9);
    }

    [Fact]
    public void Too_few_seeds_are_told()
    {
        foreach (var side in (string[])["old", "new"])
            results.Write(
                $"{side}/grid/runs.csv",
                string.Join(
                    '\n',
                    results
                        .Read($"{side}/grid/runs.csv")
                        .Split('\n')
                        .Where(line => line.Split(',') is not [_, _, _, "2" or "3" or "4", ..])
                )
            );
        results.Edit("new/grid/runs.csv", "tanh,0.1,0,completed,40,0.7,", "tanh,0.1,0,completed,40,0.1,");

        var page = results.Diff(failOn: FailOn.Significant);

        Assert.Matches(@"\| `activation=tanh` \| .* \| -30\.00 \[.*\] \| — \| \S+ \| too few seeds to tell \|", page);
        Assert.True(Cell("activation=tanh").GetProperty("too_few_seeds").GetBoolean());
        Assert.Equal(JsonValueKind.Null, Cell("activation=tanh").GetProperty("p_adjusted").ValueKind);
    }

    [Fact]
    public void Numbers_within_the_tolerance_are_no_difference()
    {
        results.Study("new/grid", (activation, seed) => MadeUpResults.Steady(activation, seed) + 1e-7);
        results.Edit("new/grid/claims.csv", ",0.25,", ",0.2500001,");

        var page = results.Diff(failOn: FailOn.Any, tolerance: 1e-6);

        Assert.Contains(
            "1 study is the same within the tolerance of 1E-06: 20 runs, 2 cells.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "No number that both sides have changed by more than the tolerance; files",
            page,
            StringComparison.Ordinal
        );
        Assert.EndsWith("\ndiff: no difference\n", page, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(results.Read("artifacts/diff.json"));
        Assert.Equal(1e-6, json.RootElement.GetProperty("tolerance").GetDouble());
        Assert.Equal("within_tolerance", json.RootElement.GetProperty("studies")[0].GetProperty("change").GetString());
        Assert.EndsWith(
            "\ndiff: 2 cells changed, 0 significant, 0 verdicts flipped\n",
            results.Diff(tolerance: 1e-8),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_seed_that_moved_within_the_tolerance_is_a_tie_of_its_cell()
    {
        results.Study(
            "new/grid",
            (activation, seed) => MadeUpResults.Steady(activation, seed) + (seed == 0 ? 0.1 : 1e-7)
        );

        var page = results.Diff(tolerance: 1e-6);

        Assert.Contains("2 changed, 18 equal", page, StringComparison.Ordinal);
        Assert.Equal(0.02, Cell("activation=relu").GetProperty("difference").GetDouble(), 1e-15);
    }

    [Fact]
    public void A_flipped_verdict_is_within_no_tolerance()
    {
        results.Study("new/grid", verdict: "refuted");

        Assert.StartsWith(
            "The results differ",
            results.Refused(failOn: FailOn.Verdict, tolerance: 1),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0.5, 0.5, 0, true)]
    [InlineData(0.5, 0.51, 0.009, false)]
    [InlineData(0.5, 0.51, 0.011, true)]
    [InlineData(200.0, 201.0, 0.006, true)]
    [InlineData(200.0, 201.0, 0.004, false)]
    [InlineData(null, null, 0, true)]
    [InlineData(null, 0.0, 1, false)]
    public void A_tolerance_is_relative_to_numbers_above_1(double? x, double? y, double most, bool expected)
    {
        Assert.Equal(expected, new Tolerance(most).Covers(x, y));
        Assert.Equal(expected, new Tolerance(most).Covers(y, x));
    }

    private JsonElement Cell(string name)
    {
        using var json = JsonDocument.Parse(results.Read("artifacts/diff.json"));
        return json
            .RootElement.GetProperty("studies")[0]
            .GetProperty("changed_cells")
            .EnumerateArray()
            .First(cell => cell.GetProperty("cell").GetString() == name)
            .Clone();
    }
}
