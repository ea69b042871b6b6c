namespace Pipeline.Diff.Tests;

/// <summary>The numbers of claims beside their verdicts.</summary>
public sealed class ClaimNumbersTests : IDisposable
{
    private readonly MadeUpResults results = new();

    public void Dispose() => results.Dispose();

    [Fact]
    public void A_refuted_claim_is_shown_with_the_p_of_its_opposite()
    {
        results.Study("old/grid", verdict: "undecided");
        results.Study("new/grid", verdict: "refuted");
        results.Edit("new/grid/claims.csv", "p_adjusted\n", "p_adjusted,p_opposite_adjusted\n");
        results.Edit("new/grid/claims.csv", "0.01,0.02\n", "0.01,1,0.003\n");

        Assert.Contains("| undecided → **refuted** | 0.25 | 0.02 → 0.003 |", results.Diff(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_has_another_p_is_a_number_that_changed()
    {
        results.Study("old/grid");
        results.Study("new/grid");
        results.Edit("new/grid/claims.csv", "0.01,0.02\n", "0.01,0.015\n");

        var page = results.Diff();

        Assert.Contains("| ReLU wins | holds | 0.25 | 0.02 → 0.015 |", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No number", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refuted_claim_that_has_another_p_of_its_opposite_is_a_number_that_changed()
    {
        foreach (var (side, p) in new[] { ("old", "0.003"), ("new", "0.004") })
        {
            results.Study($"{side}/grid", verdict: "refuted");
            results.Edit($"{side}/grid/claims.csv", "p_adjusted\n", "p_adjusted,p_opposite_adjusted\n");
            results.Edit($"{side}/grid/claims.csv", "0.01,0.02\n", $"0.01,1,{p}\n");
        }

        Assert.Contains("| ReLU wins | refuted | 0.25 | 0.003 → 0.004 |", results.Diff(), StringComparison.Ordinal);
    }
}
