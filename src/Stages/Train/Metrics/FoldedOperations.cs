using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>
/// The multiplications and additions of inference (see <see cref="OperationCount"/>) once batch normalizations are folded into the layers
/// before them, as a share of those before; 1 where there is nothing to fold.
/// </summary>
internal sealed class FoldedOperations : Metric
{
    internal override double Of(MeasuredNetwork network) =>
        (double)OperationCount.Of(network.Copy.Value.Folded) / OperationCount.Of(network.Copy.Value.Description);
}
