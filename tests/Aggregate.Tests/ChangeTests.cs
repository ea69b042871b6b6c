using Pipeline.Artifacts;
using static Pipeline.Artifacts.ClaimRelation;
using static Pipeline.Stages.Aggregate.Tests.Claims;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>Claims about what changes more along an axis, <c>change</c>.</summary>
public sealed class ChangeTests
{
    private const string Brighter = "change(validation_loss,preprocessing,plain,bright)";

    private static readonly Plan Grid = Plan(
        [Texts("activation", "relu", "tanh"), Texts("preprocessing", "plain", "dark", "bright")],
        [],
        0,
        1,
        2
    );

    [Fact]
    public void One_cell_changes_more_than_another_seed_by_seed()
    {
        // relu from 1, 2, 3 to 2, 4, 6, tanh from 5, 5, 5 to 5.5, 6, 6.5: 1 − 0.5, 2 − 1, 3 − 1.5. Nobody asks for the runs between.
        RunResult[] results =
        [
            .. Losses(1, 2, 3),
            Diverged(),
            Diverged(),
            Diverged(),
            .. Losses(2, 4, 6),
            .. Losses(5, 5, 5),
            .. Losses(0, 0, 0),
            .. Losses(5.5, 6, 6.5),
        ];

        var row = Tables(Grid, [ReluIs(Above, Brighter)], results).Claims[0];

        Assert.Equal(1, row.Effect!.Value, 1e-14);
        Assert.Equal(0.5 / Math.Sqrt(3), row.StandardError!.Value, 1e-14);
        Assert.Equal((ClaimTest.Paired, 3), (row.Test, row.Pairs));
    }

    [Fact]
    public void It_has_a_sign_and_may_be_compared_with_a_number()
    {
        RunResult[] results =
        [
            .. Losses(2, 2, 2),
            .. Losses(9, 9, 9),
            .. Losses(1, 1, 1),
            .. Losses(0, 0, 0),
            .. Losses(0, 0, 0),
            .. Losses(0, 0, 0),
        ];
        var claims = new[] { Brighter, "change(validation_loss,preprocessing,bright,plain)" }.Select(metric =>
            ReluIs(Above, 0, metric)
        );

        Assert.Equal([-1, 1], Tables(Grid, [.. claims], results).Claims.Select(row => row.Effect));
    }

    private static IEnumerable<RunResult> Losses(params double[] losses) => losses.Select(loss => Completed(0.5, loss));
}
