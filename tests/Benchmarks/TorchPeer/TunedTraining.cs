using static TorchSharp.torch;

namespace Pipeline.TorchPeer;

/// <summary>
/// The training as fast as libtorch gets it: an epoch is one call of TorchScript, from gathering rows to a fused update of all
/// parameters; images and kernels have their channels last.
/// </summary>
internal sealed class TunedTraining : Training
{
    private readonly jit.CompilationUnit unit;
    private readonly TrainingScript script;
    private readonly Tensor[] state;
    private readonly Tensor[] velocities;

    /// <summary>Builds what a folder describes.</summary>
    public TunedTraining(string folder)
        : base(folder)
    {
        script = new(Work);
        unit = jit.compile(script.Source);
        state = [.. script.Shapes.Select(shape => ChannelsLast(zeros(shape)))];
        Tensor[] trained = [.. state.Where((_, i) => script.AreTrained[i])];
        velocities = [.. trained.Select(part => zeros_like(part))];
        foreach (var part in trained)
            part.requires_grad_();
        Inputs = ChannelsLast(Inputs);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Tensor> State => state;

    /// <inheritdoc/>
    protected override void ResetOptimizer()
    {
        foreach (var velocity in velocities)
            velocity.zero_();
    }

    /// <inheritdoc/>
    protected override double TrainEpoch(Tensor order)
    {
        using var scope = NewDisposeScope();
        return unit.invoke<Tensor[]>(TrainingScript.Function, [Inputs, Labels, order, .. state, .. velocities])[0]
            .item<float>();
    }

    // TorchSharp has no argument for it.
    private static Tensor ChannelsLast(Tensor x) =>
        x.dim() == 4 ? x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : x;
}
