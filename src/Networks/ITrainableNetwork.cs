namespace Pipeline.Networks;

/// <summary>
/// A network that a backend trains, from the same initial weights and by the same batches as any other backend's.
/// Batches are row-major [rows, inputs], images channel after channel; labels [rows], from 0. A backend with memory of
/// its own also implements <see cref="IDisposable"/>.
/// </summary>
public interface ITrainableNetwork
{
    /// <summary>One step of the optimizer; loss and correct rows before the update.</summary>
    /// <param name="inputs">[rows, inputs].</param>
    /// <param name="labels">[rows].</param>
    /// <param name="learningRate">The step size.</param>
    BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate);

    /// <summary>Loss and correct rows in inference mode.</summary>
    BatchResult Evaluate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

    /// <summary>The logits [rows, classes] in inference mode.</summary>
    void Logits(ReadOnlySpan<float> inputs, Span<float> logits);

    /// <summary>A copy of weights and running statistics, in the order and layout of the description's tensors.</summary>
    IReadOnlyList<NamedTensor> Tensors();

    /// <summary>A copy of all from which training goes on.</summary>
    NetworkState Save();

    /// <summary>Goes back to a state; what came after it leaves no trace, not even where it was no number.</summary>
    /// <exception cref="ArgumentException">The state is not one of such a network.</exception>
    void Restore(NetworkState state);

    /// <summary>Lets another optimizer make the updates from the next step on; its state starts at 0, its updates at 1.</summary>
    /// <exception cref="ArgumentException">A setting is out of range, or the rule is not in its catalogue.</exception>
    void ChangeOptimizer(OptimizerSettings optimizer);

    /// <summary>
    /// By what the coming step multiplies the gradient of the loss: 1 without a loss scale; 0 where a dynamic one has fallen so low that
    /// no step can be taken any more.
    /// </summary>
    float LossScale => 1;

    /// <summary>
    /// The steps that a dynamic loss scale skipped since their gradients were not all finite: steps of training, not of the optimizer.
    /// </summary>
    int SkippedSteps => 0;

    /// <summary>Sets a loss scale back to its initial value and begins to count good steps anew; does nothing without one.</summary>
    void ResetLossScale() { }
}
