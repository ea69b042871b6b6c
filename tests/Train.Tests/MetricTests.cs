using Pipeline.Artifacts;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class MetricTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    private const double Tolerance = 1e-15;

    // Predictions 0, 0, 1, 2 of labels 0, 1, 1, 1.
    private static readonly float[] Logits = [5, 1, 0, 0, 3, 3, 0, 9, 1, 1, 2, 4];

    [Fact]
    public void Macro_f1_gives_the_number_of_a_calculation_by_hand()
    {
        // Class 0: tp 1, fp 0; class 1: tp 2, fn 1; class 2: fp 1.
        var f1 = Measured("macro_f1", [], Logits, [0, 1, 1, 1]);
        Assert.Equal((1 + (4 / 5.0) + 0) / 3, f1, Tolerance);
    }

    [Fact]
    public void A_class_that_is_not_there_has_no_part_in_macro_f1() =>
        Assert.Equal(1, Measured("macro_f1", [], [1, 0, 0, 0, 1, 0], [0, 1]));

    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(2, 0.75)]
    [InlineData(3, 1)]
    public void Top_counts_labels_among_the_largest_logits(int k, double expected) =>
        Assert.Equal(expected, Measured("top", [k], Logits, [0, 1, 1, 0]));

    [Fact]
    public void A_run_measures_what_it_is_asked_for()
    {
        var result = clusters.Run(("metrics", Scalar.Of("macro_f1+top(1)")));
        Assert.Equal(result.Metrics["test_accuracy"], result.Metrics["test_top(1)"]);
        Assert.InRange(result.Metrics["test_macro_f1"], 0.5, 1);
        Assert.Equal(clusters.Run().Weights, result.Weights);
    }

    [Fact]
    public void Top_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricCatalogue.Create("top", [0]));

    // Neither looks at the network, which costs time.
    private static double Measured(string name, double[] arguments, float[] logits, int[] labels) =>
        MetricCatalogue
            .Create(name, arguments)
            .Of(new(logits, labels, Classes: 3, new(() => throw new InvalidOperationException("Nobody asked."))));
}
