namespace Pipeline.Stages.Train;

/// <summary>
/// How far apart the smallest and the largest value are that a hidden activation gives on the first 1,024 training rows, mean over the
/// activations: the range that <c>quantized_accuracy</c> divides. Not a number where there are none.
/// </summary>
internal sealed class ActivationRange : Metric
{
    internal override double Of(MeasuredNetwork network)
    {
        var (sum, ranges) = (0.0, network.Copy.Value.Ranges);
        foreach (var (low, high) in ranges.Values)
            sum += (double)high - low;
        return sum / ranges.Count;
    }
}
