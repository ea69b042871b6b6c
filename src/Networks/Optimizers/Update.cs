using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pipeline.Networks.Layers;
using Pipeline.Numerics;

namespace Pipeline.Networks.Optimizers;

/// <summary>An update of all parameters: clipping, weight decay, then the optimizer's rule with its state.</summary>
/// <remarks>As PyTorch's <c>clip_grad_norm_</c> and the <c>weight_decay</c> of its optimizers.</remarks>
internal sealed class Update
{
    private readonly Optimizer rule;
    private readonly float weightDecay,
        clipNorm;
    private readonly FloatBuffer state;
    private readonly int parameters;
    private readonly int before;

    /// <param name="settings">The settings.</param>
    /// <param name="parameters">The number of parameters, gaps between tensors included.</param>
    /// <param name="steps">The steps of the network so far.</param>
    /// <param name="updates">Those of them that these settings made.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the rule is not in its catalogue.</exception>
    public Update(OptimizerSettings settings, int parameters, int steps = 0, int updates = 0)
    {
        OptimizerSettings.Check(settings);
        rule = OptimizerCatalogue.Create(settings.Rule.Name, settings.Rule.ArgumentArray);
        (weightDecay, clipNorm) = ((float)settings.WeightDecay, (float)settings.ClipNorm);
        this.parameters = parameters;
        (Settings, Done, before) = (settings, updates, steps - updates);
        state = new(checked(rule.StatePerParameter * parameters));
    }

    /// <summary>The settings.</summary>
    public OptimizerSettings Settings { get; }

    /// <summary>The updates done.</summary>
    public int Done { get; private set; }

    /// <summary>What the rule keeps, in pieces laid out as the parameters.</summary>
    public IEnumerable<FloatBuffer> State =>
        Enumerable.Range(0, rule.StatePerParameter).Select(i => state.Slice(i * parameters, parameters));

    /// <summary>The number of the network's coming step, from 1.</summary>
    public int NextStep => before + Done + 1;

    /// <summary>Updates the parameters; the gradient is changed on the way.</summary>
    public void Step(Span<float> gradient, float learningRate, Span<float> parameters)
    {
        if (!float.IsPositiveInfinity(clipNorm))
            Clip(gradient);
        if (weightDecay > 0)
        {
            if (rule.DecouplesWeightDecay)
                AddScaled(-(learningRate * weightDecay), parameters, parameters);
            else
                AddScaled(weightDecay, parameters, gradient);
        }
        rule.Step(gradient, learningRate, ++Done, state.Span, parameters);
    }

    private void Clip(Span<float> gradient)
    {
        var norm = MathF.Sqrt(Reduce.SumOfSquares(gradient));
        var factor = clipNorm / (norm + 1e-6f);
        if (factor >= 1)
            return;
        Rows.Scale(gradient, factor, gradient);
    }

    /// <summary>y ← a·x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(float a, ReadOnlySpan<float> x, Span<float> y)
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        var factor = Vector512.Create(a);
        var i = 0;
        for (; i < Lanes.Whole(x.Length); i += Lanes.Count)
            Vector512
                .FusedMultiplyAdd(
                    factor,
                    Vector512.LoadUnsafe(ref x0, (nuint)i),
                    Vector512.LoadUnsafe(ref y0, (nuint)i)
                )
                .StoreUnsafe(ref y0, (nuint)i);
        for (; i < x.Length; i++)
            y[i] = float.FusedMultiplyAdd(a, x[i], y[i]);
    }
}
