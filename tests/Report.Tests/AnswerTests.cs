using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("H", "The claim holds.")]
    [InlineData("HHH", "All 3 claims hold.")]
    [InlineData("HRH", "Of 3 claims 2 hold. Refuted: claim 1.")]
    [InlineData("RHUN", "Of 4 claims 1 holds. Refuted: claim 0. Undecided: claim 2. Not evaluated: claim 3.")]
    [InlineData("UU", "Of 2 claims none holds. Undecided: claim 0; claim 1.")]
    [InlineData("R", "The claim does not hold. Refuted: claim 0.")]
    [InlineData("U", "Undecided: claim 0.")]
    [InlineData("N", "Not evaluated: claim 0.")]
    [InlineData("", "")]
    public void The_answer_counts_what_holds_and_names_what_does_not(string verdicts, string expected)
    {
        var claims = verdicts.Select((_, i) => Claimed.Tables.Plan.Claims[0] with { Says = $"claim {i}" });
        var rows = verdicts.Select(c => new ClaimRow
        {
            Verdict = c switch
            {
                'H' => ClaimVerdict.Holds,
                'R' => ClaimVerdict.Refuted,
                'U' => ClaimVerdict.Undecided,
                _ => ClaimVerdict.NotEvaluated,
            },
            Pairs = 0,
        });

        Assert.Equal(
            expected,
            ClaimsSection.Answer(
                Studies.Grid with
                {
                    Plan = Studies.Grid.Plan with { Claims = [.. claims] },
                    Claims = [.. rows],
                }
            )
        );
    }

    [Theory]
    [InlineData(0, 1, "## Claims\n\nOne claim doesn't fit the values that override the study, and is left out.\n")]
    [InlineData(0, 2, "## Claims\n\n2 claims don't fit the values that override the study, and are left out.\n")]
    [InlineData(
        1,
        1,
        "The claim holds. One more claim doesn't fit the values that override the study, and is left out."
    )]
    [InlineData(1, 2, "The claim holds. 2 more claims don't fit the values that override the study, and are left out.")]
    public void Claims_that_are_left_out_are_counted(int claims, int leftOut, string expected) =>
        Assert.Contains(
            expected,
            Page(
                Studies.Grid with
                {
                    Plan = Studies.Grid.Plan with
                    {
                        Claims = [.. Claimed.Tables.Plan.Claims.Take(claims)],
                        ClaimsLeftOut = leftOut,
                    },
                    Claims = [.. Enumerable.Repeat(new ClaimRow { Verdict = ClaimVerdict.Holds, Pairs = 0 }, claims)],
                }
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Cells_that_were_not_compared_with_the_best_are_not_said_to_be_worse()
    {
        var none = Compared(_ => null);
        Assert.Contains(
            $"The {Studies.Grid.Cells.Count} cells can't be told apart: fewer than three seeds decide nothing.",
            none,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("better than each", none, StringComparison.Ordinal);

        var some = Compared(i => i is 0 or 3 ? null : 0.001);
        Assert.Contains("The best 2 cells can't be told apart", some, StringComparison.Ordinal);
        Assert.Equal(3, some.Split("p by Holm ≥ 0.025, or too few seeds to be compared)").Length);
    }

    [Theory]
    [InlineData(
        0.0249,
        "It is better than each of the others (one-sided tests over seeds and test rows, p by Holm < 0.025)."
    )]
    [InlineData(
        0.025,
        "The best 2 cells can't be told apart (one-sided tests of the best against each over seeds and test rows, p by Holm ≥ 0.025)."
    )]
    public void The_best_cell_is_marked_where_it_stands_out(double p, string expected)
    {
        var page = Compared(i =>
            i == 0 ? null
            : i == 3 ? p
            : 0.001
        );

        Assert.Contains(expected, page, StringComparison.Ordinal);
        Assert.DoesNotContain("too few seeds", page, StringComparison.Ordinal);
    }

    private static string Compared(Func<int, double?> belowBest) =>
        Page(
            Studies.Grid with
            {
                Cells = [.. Studies.Grid.Cells.Select((cell, i) => cell with { BelowBest = belowBest(i) })],
            }
        );

    private static string Page(StudyTables tables) =>
        Encoding.UTF8.GetString(
            Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal))["README.md"]
        );
}
