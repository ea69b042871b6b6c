namespace Pipeline.Stages.Train;

/// <summary>
/// The largest difference between a logit of the test split and the same once batch normalizations are folded into the layers before
/// them, as a part of the largest |logit|; 0 where there is nothing to fold.
/// </summary>
internal sealed class FoldedDifference : Metric
{
    internal override double Of(MeasuredNetwork network)
    {
        var (before, after) = (network.Copy.Value.Logits, network.Copy.Value.FoldedLogits);
        var (difference, largest) = (0.0, 0.0);
        for (var i = 0; i < before.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs((double)before[i] - after[i]));
            largest = Math.Max(largest, Math.Abs(before[i]));
        }
        return difference == 0 ? 0 : difference / largest;
    }
}
