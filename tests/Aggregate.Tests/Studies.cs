using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>Plans and results to aggregate.</summary>
internal static class Studies
{
    /// <summary>A plan of all trials of some axes.</summary>
    public static Plan Plan(Axis[] scientific, Axis[] nuisance, params int[] seeds) =>
        new()
        {
            Study = "study",
            Title = "A study",
            Fixed = Parameters.Of([KeyValuePair.Create("batch_size", Scalar.Of(64L))]),
            Scientific = scientific,
            Nuisance = nuisance,
            Seeds = seeds,
            Trials =
            [
                .. Enumerable.Range(
                    0,
                    scientific.Concat(nuisance).Aggregate(1, (product, axis) => product * axis.Values.Count)
                ),
            ],
        };

    public static Axis Numbers(string key, params double[] values) => new(key, [.. values.Select(Scalar.Of)]);

    public static Axis Texts(string key, params string[] values) => new(key, [.. values.Select(Scalar.Of)]);

    /// <summary>A completed run. Its test accuracy is 0.1 below validation's.</summary>
    public static RunResult Completed(double accuracy, double loss = 1) =>
        new()
        {
            Outcome = RunOutcome.Completed,
            Steps = 420,
            Metrics = new(StringComparer.Ordinal)
            {
                ["validation_accuracy"] = accuracy,
                ["validation_loss"] = loss,
                ["test_accuracy"] = accuracy - 0.1,
            },
            Curves = new(StringComparer.Ordinal),
        };

    public static RunResult Diverged(int steps = 3) =>
        new()
        {
            Outcome = RunOutcome.Diverged,
            Reason = "loss is not finite",
            Steps = steps,
            Metrics = new(StringComparer.Ordinal),
            Curves = new(StringComparer.Ordinal),
        };

    /// <summary>A cell's estimate of a metric.</summary>
    public static Estimate Estimate(this StudyTables tables, int cell, string metric) =>
        tables.Cells[cell].Metrics[tables.Metrics.ToList().IndexOf(metric)];
}
