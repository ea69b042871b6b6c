using System.Text;

namespace Pipeline.Stages.Report.Tests;

public sealed class JointHolmTests
{
    [Fact]
    public void The_manifest_keeps_the_p_of_statistical_claims_times_their_looks() =>
        Assert.Equal(
            "0.0001220703125:0.9998779296875 0.9375:1E-07 0.25:0.75 0.015625:1 1:1",
            JointHolm.Text(Claimed.Tables)
        );

    [Fact]
    public void A_look_more_is_paid_for()
    {
        var plan = Claimed.Tables.Plan with { Seeds = [0, 1, 2, 3], AtLeast = 2 };

        Assert.StartsWith(
            "0.000244140625:1 1:2E-07 0.5:1 ",
            JointHolm.Text(Claimed.Tables with { Plan = plan }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Verdicts_that_all_claims_together_would_undo_are_counted()
    {
        // Alone, 0.015 holds and 0.02 of the opposite refutes; of three claims only 0.001 is below its share.
        Assert.Equal(
            "Verdicts are adjusted for the claims of their study. By Holm over all 3 statistical claims of these studies together, "
                + "2 of the 3 that are decided would become undecided.",
            JointHolm.Sentence([Study("0.015:0.985"), Study("0.98:0.02"), Study("0.001:1"), Study("")])
        );
        Assert.Equal("", JointHolm.Sentence([Study("0.01:0.99"), Study("")]));
    }

    [Fact]
    public void The_index_says_it_of_all_studies()
    {
        var page = Encoding.UTF8.GetString(
            IndexPage.Render([
                Study("0.01:0.99"),
                Study("0.001:1") with
                {
                    Study = "b",
                },
                Study("0.001:1") with
                {
                    Study = "c",
                    IsDefault = false,
                },
            ])
        );

        Assert.Contains(
            "over all 3 statistical claims of these studies together, 0 of the 3 that are decided",
            page,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("0.01")]
    [InlineData("0.01:x")]
    [InlineData("0.01:1  0.02:1")]
    public void Damaged_p_values_are_refused_with_the_remedy(string damaged)
    {
        var exception = Assert.Throws<InvalidDataException>(() =>
            JointHolm.Sentence([Study("0.01:1"), Study(damaged)])
        );

        Assert.Contains($"'{damaged}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--target=Report", exception.Message, StringComparison.Ordinal);
    }

    private static IndexEntry Study(string p) => IndexEntry.Of(Studies.Grid) with { ClaimP = p };
}
