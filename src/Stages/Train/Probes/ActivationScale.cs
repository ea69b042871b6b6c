namespace Pipeline.Stages.Train;

/// <summary>
/// How a layer changes the size of what passes it: <c>activation_mean</c> and <c>activation_std</c> over rows and units
/// of what comes out, <c>activation_scale</c> = E‖h‖²/E‖x‖² and <c>product_scale</c> = E‖W·x + b‖²/E‖x‖², x being what
/// goes in and h what comes out of the activation; <c>activation_gain</c> and <c>product_gain</c> are the same of a
/// single value, that is with mean squares in the place of lengths; the first of them only where an activation follows.
/// </summary>
internal sealed class ActivationScale : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Names =>
        ["activation_mean", "activation_std", "activation_scale", "product_scale", "product_gain", "activation_gain"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer)
    {
        var mean = Norms.Mean(layer.Outputs);
        yield return new("activation_mean", mean);
        yield return new(
            "activation_std",
            Math.Sqrt(Norms.SquaredDistance(layer.Outputs, mean) / layer.Outputs.Length)
        );
        var (inputs, outputs, products) = (
            Norms.SquaredLength(layer.Inputs),
            Norms.SquaredLength(layer.Outputs),
            Norms.SquaredLength(layer.Products)
        );
        yield return new("activation_scale", outputs / inputs);
        yield return new("product_scale", products / inputs);
        yield return new("product_gain", products / layer.Products.Length / (inputs / layer.Inputs.Length));
        if (layer.Activation is not null)
            yield return new("activation_gain", outputs / layer.Outputs.Length / (inputs / layer.Inputs.Length));
    }
}
