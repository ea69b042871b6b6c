using Pipeline.Networks.Layers;
using Pipeline.Networks.Optimizers;

namespace Pipeline.Networks;

/// <summary>The network's state, taken and put back, and its optimizer.</summary>
public sealed partial class Network
{
    /// <inheritdoc/>
    public NetworkState Save() =>
        new(Tensors(), update.Settings, OptimizerState(), update.NextStep - 1, update.Done, scale.State, scale.Skipped);

    /// <inheritdoc/>
    public void Restore(NetworkState state)
    {
        var restored = new Update(state.Optimizer, tensors.Trained.Length - frozen, state.Steps, state.Updates);
        FloatBuffer[] pieces = [.. restored.State];
        if (pieces.Length != state.Moments.Count)
            throw new ArgumentException(
                $"The optimizer {state.Optimizer.Rule} keeps {pieces.Length} values a parameter, but the state has {state.Moments.Count}.",
                nameof(state)
            );
        for (var i = 0; i < pieces.Length; i++)
            tensors.FillTrained(pieces[i], state.Moments[i], frozen);
        tensors.Restore(state.Tensors);
        update = restored;
        scale.Restore(state.Scale, state.SkippedSteps);
    }

    /// <inheritdoc/>
    public void ChangeOptimizer(OptimizerSettings optimizer) =>
        update = new(optimizer, tensors.Trained.Length - frozen, update.NextStep - 1);

    /// <summary>What the optimizer keeps, each piece as <see cref="Tensors"/> has the trained tensors, frozen ones left out.</summary>
    internal IReadOnlyList<IReadOnlyList<NamedTensor>> OptimizerState() =>
        [.. update.State.Select(piece => tensors.CopyTrained(piece, frozen))];
}
