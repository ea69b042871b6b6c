namespace Pipeline.Artifacts;

/// <summary>
/// What runs with another storage than float32 tell of their loss scale. A diverged run has these metrics too, as they were when it was
/// seen to diverge.
/// </summary>
public static class LossScaleMetrics
{
    /// <summary>The scale of the coming step, at least 0: a metric, and a curve of the epochs' ends.</summary>
    public const string Scale = "epoch_end_loss_scale";

    /// <summary>The number of steps that were skipped since gradients were not all finite.</summary>
    public const string Skipped = "skipped_steps";

    /// <summary>Whether a metric is one of them.</summary>
    public static bool Contain(string metric) => metric is Scale or Skipped;
}
