using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate;

/// <summary>
/// Which trial of a cell, that is which values of its nuisance axes, its results are reported at: the one with the best mean
/// <c>validation_accuracy</c> over the seeds, a diverged run counting as 0; among equals the one with the lower mean
/// <c>validation_loss</c>, trials without one (a run diverged) last; among these the first in the order of the plan.
/// Test metrics have no say, or they would be biased upwards.
/// </summary>
internal static class TrialChoice
{
    private const string Accuracy = "validation_accuracy";
    private const string Loss = "validation_loss";

    /// <summary>
    /// Accuracies are ratios of whole numbers: two trials that got as many examples right, spread otherwise over the seeds, differ in
    /// the last digits of their means only and are equals.
    /// </summary>
    public const double Rounding = 1e-10;

    /// <summary>The index of the chosen trial.</summary>
    /// <param name="metrics">The names of the metrics.</param>
    /// <param name="trials">For each trial of a cell its runs, a run a seed.</param>
    /// <exception cref="InvalidOperationException">There is a choice, but a completed run has no validation accuracy.</exception>
    public static int Best(string[] metrics, ReadOnlySpan<ArraySegment<RunRow>> trials)
    {
        if (trials.Length == 1)
            return 0;
        var accuracies = new double[trials.Length];
        for (var i = 0; i < trials.Length; i++)
            accuracies[i] = MeanAccuracy(metrics, trials[i]);
        var limit = accuracies.Max() - Rounding;

        var loss = Array.IndexOf(metrics, Loss);
        var best = -1;
        var bestLoss = double.PositiveInfinity;
        for (var i = 0; i < trials.Length; i++)
        {
            if (accuracies[i] < limit)
                continue;
            var trialLoss =
                (loss < 0 ? null : Statistics.Mean(Statistics.Counted(Loss, loss, trials[i])))
                ?? double.PositiveInfinity;
            if (best < 0 || trialLoss < bestLoss)
                (best, bestLoss) = (i, trialLoss);
        }
        return best;
    }

    /// <summary>The mean validation accuracy of a trial's runs, a diverged run counting as 0.</summary>
    /// <exception cref="InvalidOperationException">A completed run has none.</exception>
    public static double MeanAccuracy(string[] metrics, ArraySegment<RunRow> runs)
    {
        var metric = Array.IndexOf(metrics, Accuracy);
        foreach (var run in runs)
        {
            if (run.Outcome == RunOutcome.Completed && (metric < 0 || run.Metrics[metric] is null))
                throw new InvalidOperationException(
                    $"Run {run.Run} has no '{Accuracy}', by which trials and cells are chosen."
                );
        }
        return metric < 0 ? 0 : Statistics.Mean(Statistics.Counted(Accuracy, metric, runs))!.Value;
    }
}
