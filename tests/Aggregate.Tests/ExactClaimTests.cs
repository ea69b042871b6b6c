using Pipeline.Artifacts;
using static Pipeline.Artifacts.ClaimRelation;
using static Pipeline.Stages.Aggregate.Tests.Claims;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class ExactClaimTests
{
    [Theory]
    [InlineData(0.25, 0.75, ClaimVerdict.Holds)]
    [InlineData(0.26, 0.75, ClaimVerdict.Refuted)]
    [InlineData(0.25, 0.7499999999999999, ClaimVerdict.Refuted)]
    public void Every_run_must_lie_within_the_bounds(double low, double high, ClaimVerdict expected) =>
        Assert.Equal(expected, Judge(ReluIs(Within, low) with { High = high }, [0.25, 0.5, 0.75], [0, 0, 0]).Verdict);

    [Fact]
    public void The_run_farthest_out_is_named()
    {
        var plan = Studies.Plan([Studies.Texts("activation", "relu", "tanh")], [], 0, 1, 2);

        var tables = Tables(
            plan,
            [ReluIs(Within, 0.5) with { High = 0.75 }],
            [.. new[] { 0.4, 0.9, 0.6, 0, 0, 0 }.Select(Tested)]
        );

        Assert.Equal((0.9, tables.Runs[1].Run), (tables.Claims[0].Effect!.Value, tables.Claims[0].Run));
        Assert.Equal(3, tables.Claims[0].Pairs);
        Assert.Null(tables.Claims[0].P);
    }

    [Fact]
    public void Equal_runs_are_equal_to_the_last_bit()
    {
        Assert.Equal(ClaimVerdict.Holds, Judge(ReluIs(Equal), [0.25, 0.5], [0.25, 0.5]).Verdict);
        Assert.Equal(ClaimVerdict.Refuted, Judge(ReluIs(Equal), [0.25, 0.1 + 0.2], [0.25, 0.3]).Verdict);
        Assert.Equal(ClaimVerdict.Refuted, Judge(ReluIs(Equal), [0.25, 0.5], [0.5, 0.25]).Verdict);
    }

    [Fact]
    public void The_largest_difference_is_named()
    {
        var row = Judge(ReluIs(Equal), [0.25, 0.5, 0.75], [0.25, 1, 0.5]);

        Assert.Equal(-0.5, row.Effect);
        Assert.NotNull(row.Run);
    }

    [Fact]
    public void Every_run_may_have_to_equal_a_number()
    {
        Assert.Equal(ClaimVerdict.Holds, Judge(ReluIs(Equal, 0.125), [0.125, 0.125], [1, 1]).Verdict);
        Assert.Equal(ClaimVerdict.Refuted, Judge(ReluIs(Equal, 0.125), [0.125, 0.25], [1, 1]).Verdict);
    }

    [Fact]
    public void One_seed_is_enough() => Assert.Equal(ClaimVerdict.Holds, Judge(ReluIs(Equal), [0.5], [0.5]).Verdict);

    [Fact]
    public void A_diverged_run_is_a_share_of_0() =>
        Assert.Equal(
            0,
            Judge(
                ReluIs(Within, 0.25) with
                {
                    High = 1,
                },
                Tested(0.5),
                Studies.Diverged(),
                Tested(0.5),
                Tested(0.5)
            ).Effect
        );

    [Theory]
    [InlineData(Equal, 0, null)]
    [InlineData(Within, 0, 10.0)]
    [InlineData(Within, -10, 0.0)]
    public void A_slope_that_is_0_but_for_rounding_is_0(ClaimRelation relation, double low, double? high)
    {
        var rates = Studies.Numbers("learning_rate", 0.001, 0.003, 0.01, 0.03, 0.1);
        var claim = Claim("slope(validation_loss,learning_rate)", new(Parameters.Empty, []), relation, number: low);
        ClaimRow Judged(double loss) =>
            Tables(
                Studies.Plan([rates], [], 0),
                [claim with { High = high }],
                [.. Enumerable.Range(0, 5).Select(i => Studies.Completed(0.5, i == 4 ? loss : 1))]
            ).Claims[0];

        Assert.Equal(ClaimVerdict.Holds, Judged(1).Verdict);
        Assert.Equal(
            relation == Equal || low < 0 ? ClaimVerdict.Refuted : ClaimVerdict.Holds,
            Judged(1.0000001).Verdict
        );
    }
}
