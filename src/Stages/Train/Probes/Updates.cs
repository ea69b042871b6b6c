namespace Pipeline.Stages.Train;

/// <summary>
/// What the training steps behind the moment do to the weights: <c>update_ratio</c> = ‖ΔW‖/‖W‖ of the first of them,
/// and <c>update_cosine</c>, the mean cosine between an update and the next over up to eight steps: near 1 on a
/// straight way, below 0 on a zig-zag.
/// </summary>
internal sealed class Updates : Probe
{
    /// <inheritdoc/>
    public override bool NeedsUpdates => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => ["update_ratio", "update_cosine"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer)
    {
        if (layer.Updates.Count == 0)
            yield break;
        yield return new(
            "update_ratio",
            Math.Sqrt(Norms.SquaredLength(layer.Updates[0]) / Norms.SquaredLength(layer.Weights))
        );
        var sum = 0.0;
        for (var i = 1; i < layer.Updates.Count; i++)
        {
            var (previous, next) = (layer.Updates[i - 1], layer.Updates[i]);
            sum += Norms.Product(previous, next) / Math.Sqrt(Norms.SquaredLength(previous) * Norms.SquaredLength(next));
        }
        if (layer.Updates.Count > 1)
            yield return new("update_cosine", sum / (layer.Updates.Count - 1));
    }
}
