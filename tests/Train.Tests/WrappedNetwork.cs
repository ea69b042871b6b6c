using Pipeline.Networks;

namespace Pipeline.Train.Tests;

/// <summary>A network that leaves its work to another.</summary>
internal abstract class WrappedNetwork(ITrainableNetwork inner) : ITrainableNetwork
{
    public virtual float LossScale => inner.LossScale;

    public virtual int SkippedSteps => inner.SkippedSteps;

    public virtual BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate) =>
        inner.TrainStep(inputs, labels, learningRate);

    public virtual BatchResult Evaluate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) =>
        inner.Evaluate(inputs, labels);

    public void Logits(ReadOnlySpan<float> inputs, Span<float> logits) => inner.Logits(inputs, logits);

    public IReadOnlyList<NamedTensor> Tensors() => inner.Tensors();

    public NetworkState Save() => inner.Save();

    public void Restore(NetworkState state) => inner.Restore(state);

    public void ChangeOptimizer(OptimizerSettings optimizer) => inner.ChangeOptimizer(optimizer);

    public void ResetLossScale() => inner.ResetLossScale();
}
