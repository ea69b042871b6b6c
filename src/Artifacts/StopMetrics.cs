namespace Pipeline.Artifacts;

/// <summary>What a completed run tells that may end before its last epoch.</summary>
public static class StopMetrics
{
    /// <summary>The epochs that it took, at least 1.</summary>
    public const string EpochsTrained = "epochs_trained";

    /// <summary>The number of the epoch, from 1, that was best by the curve that decides.</summary>
    public const string BestEpoch = "best_epoch";

    /// <summary>Whether a metric is one of them.</summary>
    public static bool Contain(string metric) => metric is EpochsTrained or BestEpoch;
}
