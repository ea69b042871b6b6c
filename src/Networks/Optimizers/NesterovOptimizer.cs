using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Optimizers;

/// <summary>
/// Stochastic gradient descent with Nesterov's momentum: <c>v ← μ·v + g</c>,
/// <c>w ← w − η·(g + μ·v)</c>, v being 0 at first.
/// </summary>
/// <remarks>
/// As PyTorch's SGD with nesterov. I. Sutskever et al.: On the importance of initialization and
/// momentum in deep learning. ICML 2013.
/// </remarks>
/// <param name="momentum">μ, at least 0 and less than 1.</param>
internal sealed class NesterovOptimizer(double momentum = 0.9) : Optimizer
{
    private readonly float momentum =
        momentum >= 0 && (float)momentum < 1
            ? (float)momentum
            : throw new ArgumentOutOfRangeException(
                nameof(momentum),
                momentum,
                "The momentum of nesterov must be at least 0 and less than 1."
            );

    internal override int StatePerParameter => 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Step(
        ReadOnlySpan<float> gradient,
        float learningRate,
        int step,
        Span<float> state,
        Span<float> parameters
    )
    {
        ref var g0 = ref MemoryMarshal.GetReference(gradient);
        ref var v0 = ref MemoryMarshal.GetReference(state[..gradient.Length]);
        ref var w0 = ref MemoryMarshal.GetReference(parameters[..gradient.Length]);
        var (mu, minusRate) = (Vector512.Create(momentum), Vector512.Create(-learningRate));
        nuint i = 0;
        for (; i < (nuint)Lanes.Whole(gradient.Length); i += Lanes.Count)
        {
            var g = Vector512.LoadUnsafe(ref g0, i);
            var v = Vector512.FusedMultiplyAdd(mu, Vector512.LoadUnsafe(ref v0, i), g);
            v.StoreUnsafe(ref v0, i);
            var direction = Vector512.FusedMultiplyAdd(mu, v, g);
            Vector512.FusedMultiplyAdd(minusRate, direction, Vector512.LoadUnsafe(ref w0, i)).StoreUnsafe(ref w0, i);
        }
        var rest = (int)i;
        StepReference(gradient[rest..], learningRate, step, state[rest..], parameters[rest..]);
    }

    internal override void StepReference(
        ReadOnlySpan<float> gradient,
        float learningRate,
        int step,
        Span<float> state,
        Span<float> parameters
    )
    {
        for (var i = 0; i < gradient.Length; i++)
        {
            state[i] = float.FusedMultiplyAdd(momentum, state[i], gradient[i]);
            parameters[i] = float.FusedMultiplyAdd(
                -learningRate,
                float.FusedMultiplyAdd(momentum, state[i], gradient[i]),
                parameters[i]
            );
        }
    }
}
