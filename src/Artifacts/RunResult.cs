namespace Pipeline.Artifacts;

/// <summary>What one run found: the output of Train.</summary>
public sealed record RunResult
{
    /// <summary>How the run ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>
    /// For a diverged run, what was seen: a short phrase such as <c>loss is not finite</c>; for a
    /// failed one, the error. Else null.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The number of training steps that the run took, 0 at least: of a completed run all; of a diverged one those done
    /// when it was seen, the step that showed it included; of a failed one as many as are known. Steps that a restart made
    /// worthless count.
    /// </summary>
    public required int Steps { get; init; }

    /// <summary>
    /// Single numbers by name, such as <c>test_accuracy</c> (0…1). A diverged run has none but <see cref="LossScaleMetrics"/>.
    /// </summary>
    public required SortedDictionary<string, double> Metrics { get; init; }

    /// <summary>
    /// One number an epoch by name, such as <c>train_loss</c>. A diverged run has the epochs it finished; epochs that a
    /// restart made worthless are replaced.
    /// </summary>
    public required SortedDictionary<string, double[]> Curves { get; init; }

    /// <summary>
    /// What was measured inside the network, by epoch, then layer; null where the run has no probes. A
    /// diverged run has those up to then, one that went back those of the epochs that count.
    /// </summary>
    public IReadOnlyList<LayerProbe>? Probes { get; init; }

    /// <summary>
    /// How often it diverged and went on from a healthy epoch, in order; null where the run's
    /// parameters ask for no restarts.
    /// </summary>
    public IReadOnlyList<RunRestart>? Restarts { get; init; }

    /// <summary>Which test rows it got right, as <see cref="CorrectRows"/> writes them; null for a diverged run.</summary>
    public string? Correct { get; init; }

    /// <summary>
    /// How many test rows of each class were taken for each, <c>[true, predicted]</c>, row-major; null for a diverged run, and for more
    /// than 20 classes.
    /// </summary>
    public IReadOnlyList<int>? Confusion { get; init; }

    /// <summary>The digest of the trained weights and running statistics, or null for a diverged run.</summary>
    public string? Weights { get; init; }
}
