namespace Pipeline.Stages.Train;

/// <summary>
/// <c>weight_movement</c> = ‖W − W₀‖, how far a layer's weights are from where they began; 0 where none has moved, bit
/// for bit. Biases have no part in it.
/// </summary>
internal sealed class Movement : Probe
{
    /// <inheritdoc/>
    public override bool NeedsFirstWeights => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => ["weight_movement"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer) =>
        [new("weight_movement", Math.Sqrt(Norms.SquaredDistance(layer.Weights, layer.FirstWeights)))];
}
