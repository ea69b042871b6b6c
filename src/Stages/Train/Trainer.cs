using Pipeline.Artifacts;

namespace Pipeline.Stages.Train;

/// <summary>Trains one run on the managed backend. A pure function of the spec and the data: it reads no clock, file or thread count.</summary>
public static class Trainer
{
    /// <summary>Whether the stage reads a parameter of the run. Data set, split and preprocessing come in as data.</summary>
    public static bool Reads(string key) =>
        key is not ("dataset" or "preprocessing") && !key.StartsWith("split.", StringComparison.Ordinal);

    /// <summary>Trains a run from initial weights to its test accuracy.</summary>
    /// <param name="spec">The parameters that <see cref="Reads"/> names.</param>
    /// <param name="data">Prepared data; shared with other runs.</param>
    /// <param name="cancellation">Checked once an epoch.</param>
    /// <exception cref="InvalidDataException">There are fewer training rows than a batch.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RunResult Run(Parameters spec, PreparedData data, CancellationToken cancellation)
    {
        var settings = RunSettings.Of(spec, data.Header);
        var run = new TrainingRun(settings, data);
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (run.Epoch(epoch) is { } divergence)
                return Diverged(run, divergence);
        }
        return Completed(run);
    }

    private static RunResult Completed(TrainingRun run)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, curve) in run.Curves)
            metrics[name] = curve[^1];
        (metrics["test_loss"], metrics["test_accuracy"]) = run.Test();
        if (!double.IsFinite(metrics["test_loss"]))
            return Diverged(run, new(run.Steps - 1, "the test loss is not finite"));
        return new() { Outcome = RunOutcome.Completed, Metrics = metrics, Curves = Curves(run), Weights = run.WeightsDigest() };
    }

    private static RunResult Diverged(TrainingRun run, Divergence divergence) => new()
    {
        Outcome = RunOutcome.Diverged,
        Step = divergence.Step,
        Reason = divergence.Reason,
        Metrics = new(StringComparer.Ordinal),
        Curves = Curves(run),
    };

    private static SortedDictionary<string, double[]> Curves(TrainingRun run) =>
        new(run.Curves.ToDictionary(c => c.Key, c => c.Value.ToArray(), StringComparer.Ordinal), StringComparer.Ordinal);
}
