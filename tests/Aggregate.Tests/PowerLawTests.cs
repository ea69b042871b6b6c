using Pipeline.Artifacts;
using static Pipeline.Artifacts.ClaimRelation;
using static Pipeline.Stages.Aggregate.Tests.Claims;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>Claims about the exponent of a power law, <c>log_log_slope</c>.</summary>
public sealed class PowerLawTests
{
    private static readonly Axis Depth = Numbers("model.depth", 1, 2, 4);
    private static readonly CellChoice Everything = new(Parameters.Empty, []);

    [Fact]
    public void The_exponent_of_a_power_law_is_found()
    {
        // Each seed has a law of its own over depths 1, 2, 4: y = y₁·xᵏ.
        (double Start, double Exponent)[] laws = [(0.5, -0.5), (5, -0.4), (0.7, -0.6)];
        var results = new[] { 1.0, 2, 4 }.SelectMany(x =>
            laws.Select(law => Completed(0.5, law.Start * Math.Pow(x, law.Exponent)))
        );
        var claim = Claim("log_log_slope(validation_loss,model.depth)", Everything, Above, number: -0.75);

        var row = Tables(Plan([Depth], [], 0, 1, 2), [claim], [.. results]).Claims[0];

        Assert.Equal(0.25, row.Effect!.Value, 1e-14);
        Assert.Equal(0.1 / Math.Sqrt(3), row.StandardError!.Value, 1e-14);
        Assert.Equal((ClaimTest.Paired, 3, ClaimVerdict.Holds), (row.Test, row.Pairs, row.Verdict));
    }

    [Fact]
    public void It_is_the_slope_of_the_least_squares_line_through_logarithms()
    {
        // Over ln x = 0, ln 2, 2·ln 2 the middle has no part: (ln y₃ − ln y₁)/(2·ln 2), whatever y₂ is.
        double[] losses = [1, 1, 1, 7, 0.3, 2, 0.5, 0.25, 0.125];
        var claim = Claim("log_log_slope(validation_loss,model.depth)", Everything, Below, number: 0);

        var row = Tables(Plan([Depth], [], 0, 1, 2), [claim], [.. losses.Select(loss => Completed(0.5, loss))]).Claims[
            0
        ];

        Assert.Equal(-1, row.Effect!.Value, 1e-14);
    }

    [Fact]
    public void A_run_that_diverged_takes_its_seed_out_of_a_power_law()
    {
        double[] losses = [8, 9, 7, 4, 0, 3.5, 2, 1.5, 1.75];
        RunResult[] results = Array.ConvertAll(losses, loss => loss > 0 ? Completed(0.5, loss) : Diverged());
        var claim = Claim("log_log_slope(validation_loss,model.depth)", Everything, Below, number: 0);

        var row = Tables(Plan([Depth], [], 0, 1, 2), [claim], results).Claims[0];

        Assert.Equal((ClaimTest.Sign, 2, 1), (row.Test, row.For, row.Against));
    }

    [Fact]
    public void What_is_0_has_no_power_law()
    {
        var claim = Claim("log_log_slope(validation_loss,model.depth)", Everything, Below, number: 0);

        var row = Tables(
            Plan([Depth], [], 0, 1, 2),
            [claim],
            [.. new double[] { 8, 9, 7, 4, 0, 3, 2, 1, 1 }.Select(loss => Completed(0.5, loss))]
        ).Claims[0];

        Assert.Equal(ClaimVerdict.Undecided, row.Verdict);
        Assert.Matches("^run [0-9a-f]{12} has validation_loss 0, which has no logarithm$", row.Reason);
    }
}
