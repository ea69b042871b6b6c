namespace Pipeline.Stages.Train;

/// <summary>
/// <c>linear_share</c>: how much of what comes out of the activation is a line of what goes in, the squared correlation of the two
/// over all rows and units, 0…1. None where either is the same everywhere.
/// </summary>
/// <remarks>
/// For a standard normal input Z it is E[f′(Z)]²/Var f(Z) by Stein's identity: 1 for the identity, ½/(1 − 1/π) ≈ 0.734 for ReLU.
/// </remarks>
internal sealed class Linearity : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => ["linear_share"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer) =>
        layer.Activation is null
            ? []
            : [new("linear_share", SquaredCorrelation(layer.ActivationInputs, layer.Outputs))];

    /// <summary>Cov(x, y)²/(Var x · Var y); NaN where one is constant.</summary>
    private static double SquaredCorrelation(float[] x, float[] y)
    {
        if (IsConstant(x) || IsConstant(y))
            return double.NaN;
        var (meanX, meanY) = (Norms.Mean(x), Norms.Mean(y));
        var covariance = 0.0;
        for (var i = 0; i < x.Length; i++)
            covariance += (x[i] - meanX) * (y[i] - meanY);
        return covariance / Norms.SquaredDistance(x, meanX) * (covariance / Norms.SquaredDistance(y, meanY));
    }

    private static bool IsConstant(float[] values) => Array.TrueForAll(values, value => value == values[0]);
}
