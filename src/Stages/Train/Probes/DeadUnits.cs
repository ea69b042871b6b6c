using System.Runtime.CompilerServices;

namespace Pipeline.Stages.Train;

/// <summary>
/// <c>dead_share</c>: the share of units whose activation is 0 for every row of the probe batch (and every pixel);
/// <c>dead_weight_mean</c>: the mean of the weights that go into them, where there are any, and
/// <c>live_weight_mean</c> that of the others; <c>dead_negative_share</c> and <c>live_negative_share</c>: the share of
/// negative ones among these weights. <c>zero_gradient_share</c>: the share of units for which the gradient of the
/// loss with respect to W·x + b is 0 for every row (and every pixel), so that their weights stay as they are.
/// </summary>
internal sealed class DeadUnits : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Names =>
        [
            "dead_share",
            "dead_weight_mean",
            "live_weight_mean",
            "dead_negative_share",
            "live_negative_share",
            "zero_gradient_share",
        ];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer)
    {
        if (layer.Activation is null)
            yield break;
        var isLive = Live(layer.Outputs, layer.Units);
        var dead = isLive.Count(live => !live);
        yield return new("dead_share", (double)dead / layer.Units);
        yield return new("dead_weight_mean", MeanWeight(layer, isLive, ofLive: false) / dead);
        yield return new("live_weight_mean", MeanWeight(layer, isLive, ofLive: true) / (layer.Units - dead));
        yield return new("dead_negative_share", NegativeShare(layer, isLive, ofLive: false) / dead);
        yield return new("live_negative_share", NegativeShare(layer, isLive, ofLive: true) / (layer.Units - dead));
        var moves = Live(layer.ProductGradient, layer.Units);
        yield return new("zero_gradient_share", (double)moves.Count(moving => !moving) / layer.Units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool[] Live(ReadOnlySpan<float> outputs, int units)
    {
        var isLive = new bool[units];
        for (; !outputs.IsEmpty; outputs = outputs[units..])
        {
            for (var unit = 0; unit < isLive.Length; unit++)
                isLive[unit] |= outputs[unit] != 0;
        }
        return isLive;
    }

    private static double MeanWeight(ObservedLayer layer, bool[] isLive, bool ofLive) =>
        Sum(layer, isLive, ofLive, Norms.Mean);

    private static double NegativeShare(ObservedLayer layer, bool[] isLive, bool ofLive) =>
        Sum(layer, isLive, ofLive, weights => (double)Negative(weights) / weights.Length);

    private static double Sum(ObservedLayer layer, bool[] isLive, bool ofLive, Func<ReadOnlySpan<float>, double> ofUnit)
    {
        var sum = 0.0;
        for (var unit = 0; unit < layer.Units; unit++)
        {
            if (isLive[unit] == ofLive)
                sum += ofUnit(layer.Weights.AsSpan(unit * layer.WeightsPerUnit, layer.WeightsPerUnit));
        }
        return sum;
    }

    private static int Negative(ReadOnlySpan<float> weights)
    {
        var count = 0;
        foreach (var weight in weights)
            count += weight < 0 ? 1 : 0;
        return count;
    }
}
