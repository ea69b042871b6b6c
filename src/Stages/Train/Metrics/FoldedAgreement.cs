using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>
/// The share of test rows for which the network predicts the same class once its batch normalizations are folded into the layers before
/// them; 1 where there is nothing to fold.
/// </summary>
internal sealed class FoldedAgreement : Metric
{
    internal override double Of(MeasuredNetwork network)
    {
        var copy = network.Copy.Value;
        var (before, after) = (
            Predictions.Classes(copy.Logits, network.Classes),
            Predictions.Classes(copy.FoldedLogits, network.Classes)
        );
        return (double)before.Zip(after).Count(pair => pair.First == pair.Second) / before.Length;
    }
}
