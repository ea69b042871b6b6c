using Pipeline.Artifacts;
using static Pipeline.Artifacts.ClaimRelation;
using static Pipeline.Stages.Aggregate.Tests.Claims;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>
/// The rows' part in the variance of what is made of accuracies: as large as that of the same runs' rows, each weighted by the value's
/// derivative, taken numerically here.
/// </summary>
public sealed class DeltaMethodTests
{
    private const int Seeds = 5;
    private const int Rows = 60;
    private static readonly int[] Labels = TestRows.Labels(20, 25, 15);

    [Fact]
    public void A_ratio_is_judged_by_the_rows_of_its_logarithm() =>
        AssertRows(
            ReluIs(Above) with
            {
                Factor = 1.5,
            },
            Plan([Texts("activation", "relu", "tanh")], [], [.. Enumerable.Range(0, Seeds)]),
            accuracies => Math.Log(accuracies[0] / accuracies[1])
        );

    [Fact]
    public void A_ratio_to_a_number_has_no_rows_on_the_right() =>
        AssertRows(
            ReluIs(Above, 0.25) with
            {
                Factor = 1.5,
            },
            Plan([Texts("activation", "relu", "tanh")], [], [.. Enumerable.Range(0, Seeds)]),
            accuracies => Math.Log(accuracies[0] / 0.25)
        );

    [Fact]
    public void A_slope_is_judged_by_the_rows_of_all_its_cells() =>
        AssertRows(
            Claim("slope(test_accuracy,model.depth)", new(Parameters.Empty, []), Above, number: 0),
            Plan([Numbers("model.depth", 1, 2, 4)], [], [.. Enumerable.Range(0, Seeds)]),
            accuracies => Slope(accuracies, x => x)
        );

    [Fact]
    public void A_slope_of_logarithms_is_judged_by_the_rows_of_its_logarithms() =>
        AssertRows(
            Claim("log_slope(test_accuracy,model.depth)", new(Parameters.Empty, []), Above, number: 0),
            Plan([Numbers("model.depth", 1, 2, 4)], [], [.. Enumerable.Range(0, Seeds)]),
            accuracies => Slope(accuracies, Math.Log)
        );

    [Fact]
    public void A_slope_over_logarithms_is_judged_by_the_rows_of_its_logarithms() =>
        AssertRows(
            Claim("log_log_slope(test_accuracy,model.depth)", new(Parameters.Empty, []), Above, number: 0),
            Plan([Numbers("model.depth", 1, 2, 4)], [], [.. Enumerable.Range(0, Seeds)]),
            accuracies => Math.Log(accuracies[2] / accuracies[0]) / Math.Log(4)
        );

    private static void AssertRows(Claim claim, Plan plan, Func<double[], double> value)
    {
        var cells = plan.Trials.Count;
        var random = new Random(11);
        var correct = Enumerable.Range(0, cells).Select(_ => TestRows.Random(random, Seeds, Rows)).ToArray();

        var row = Tables(
            plan,
            [claim],
            [.. plan.Runs().Select(run => TestRows.Result(correct[run.Trial][run.Seed], Labels))]
        ).Claims[0];

        // What a row adds to a seed's value, to first order: its part in each accuracy times the derivative by that accuracy.
        var added = new double[Seeds][];
        double[] values = new double[Seeds];
        for (var seed = 0; seed < Seeds; seed++)
        {
            double[] accuracies = Array.ConvertAll(correct, cell => TestRows.Share(cell[seed]));
            values[seed] = value(accuracies);
            double[] derivatives = [.. Enumerable.Range(0, cells).Select(cell => Derivative(value, accuracies, cell))];
            added[seed] =
            [
                .. Enumerable
                    .Range(0, Rows)
                    .Select(r => correct.Select((cell, i) => derivatives[i] * (cell[seed][r] ? 1 : 0)).Sum()),
            ];
        }
        var (ofRows, ofInteraction) = WithinClasses(added);
        var ofSeeds = values.Sum(v => Math.Pow(v - values.Average(), 2)) / (Seeds - 1) / Seeds;
        Assert.True(ofRows > ofInteraction);
        Assert.Equal(ClaimTest.Crossed, row.Test);
        Assert.Equal(
            Math.Sqrt(Math.Max(ofSeeds, ofInteraction) + ofRows - ofInteraction),
            row.StandardError!.Value,
            1e-8
        );
    }

    /// <summary>Mean squares of rows within classes and of what is left, divided by seeds × rows.</summary>
    private static (double Rows, double Interaction) WithinClasses(double[][] added)
    {
        var (freedom, ofRows, ofInteraction) = (Rows - Labels.Distinct().Count(), 0.0, 0.0);
        for (var r = 0; r < Rows; r++)
        {
            int[] peers = [.. Enumerable.Range(0, Rows).Where(peer => Labels[peer] == Labels[r])];
            var (ofRow, ofClass) = (added.Average(seed => seed[r]), peers.Average(p => added.Average(seed => seed[p])));
            ofRows += Seeds * Math.Pow(ofRow - ofClass, 2);
            ofInteraction += added.Sum(seed => Math.Pow(seed[r] - ofRow - peers.Average(p => seed[p]) + ofClass, 2));
        }
        return (ofRows / freedom / (Seeds * Rows), ofInteraction / freedom / (Seeds - 1) / (Seeds * Rows));
    }

    private static double Derivative(Func<double[], double> value, double[] at, int index)
    {
        const double Step = 1e-5;
        return (value(Moved(Step)) - value(Moved(-Step))) / (2 * Step);

        double[] Moved(double by) => [.. at.Select((x, i) => i == index ? x + by : x)];
    }

    /// <summary>Over depths 1, 2, 4, whose mean is 7/3: Σ(x − 7/3)·y/Σ(x − 7/3)².</summary>
    private static double Slope(double[] accuracies, Func<double, double> scale) =>
        ((-4 / 3.0 * scale(accuracies[0])) - (1 / 3.0 * scale(accuracies[1])) + (5 / 3.0 * scale(accuracies[2])))
        / (14 / 3.0);
}
