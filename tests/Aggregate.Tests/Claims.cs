using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>Claims to judge, about the axis <c>activation</c> where nothing else is said.</summary>
internal static class Claims
{
    public static Claim Claim(
        string metric,
        CellChoice left,
        ClaimRelation relation,
        CellChoice? right = null,
        double? number = null
    ) =>
        new()
        {
            Says = "It is so",
            Source = "A lecture",
            Basis = "theory",
            Metric = metric,
            Left = left,
            Relation = relation,
            Right = right,
            Number = number,
        };

    /// <summary>That relu has a larger or smaller test accuracy than tanh.</summary>
    public static Claim ReluIs(ClaimRelation relation, string metric = "test_accuracy") =>
        Claim(metric, Cell("relu"), relation, Cell("tanh"));

    /// <summary>That relu's value stands in a relation to a number.</summary>
    public static Claim ReluIs(ClaimRelation relation, double number, string metric = "test_accuracy") =>
        Claim(metric, Cell("relu"), relation, number: number);

    public static CellChoice Cell(string activation) =>
        new(Parameters.Of([new("activation", Scalar.Of(activation))]), []);

    /// <summary>The only claim's row, where relu and tanh reach these test accuracies with one seed after the other.</summary>
    public static ClaimRow Judge(Claim claim, double[] relu, double[] tanh) =>
        Judge(claim, [.. relu.Concat(tanh).Select(Tested)]);

    /// <summary>The only claim's row, for results of relu, then of tanh.</summary>
    public static ClaimRow Judge(Claim claim, params RunResult[] results) =>
        Assert.Single(
            Tables(
                Studies.Plan(
                    [Studies.Texts("activation", "relu", "tanh")],
                    [],
                    [.. Enumerable.Range(0, results.Length / 2)]
                ),
                [claim],
                results
            ).Claims
        );

    public static StudyTables Tables(Plan plan, Claim[] claims, params RunResult[] results) =>
        Aggregator.Aggregate(plan with { Claims = claims }, results);

    /// <summary>A completed run with this test accuracy.</summary>
    public static RunResult Tested(double accuracy)
    {
        var result = Studies.Completed(0.5);
        result.Metrics["test_accuracy"] = accuracy;
        return result;
    }

    /// <summary>The run with what a probe found in its first layer at the start.</summary>
    public static RunResult WithGain(double gain, RunResult result) =>
        result with
        {
            Probes =
            [
                new()
                {
                    Epoch = 0,
                    Layer = 1,
                    Name = "layers.0",
                    Values = new(StringComparer.Ordinal) { ["gain"] = gain },
                },
            ],
        };
}
