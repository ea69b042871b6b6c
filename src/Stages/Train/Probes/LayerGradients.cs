namespace Pipeline.Stages.Train;

/// <summary>
/// The size of the gradients of the mean loss: <c>weight_gradient_norm</c> = ‖∂L/∂W‖ and
/// <c>input_gradient_norm</c> = √(E‖∂ℓ/∂x‖²), ℓ being a row's loss and x what goes into the layer.
/// </summary>
internal sealed class LayerGradients : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => ["weight_gradient_norm", "input_gradient_norm"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer) =>
        [
            new("weight_gradient_norm", Math.Sqrt(Norms.SquaredLength(layer.WeightGradient))),
            // The mean loss has a row's loss divided by the number of rows.
            new("input_gradient_norm", Math.Sqrt(Norms.SquaredLength(layer.InputGradient) * layer.Rows)),
        ];
}
