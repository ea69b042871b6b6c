using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum: <c>v ← μ·v + g</c>, <c>w ← w − η·v</c>, v being 0 at
/// first; without momentum v is g.
/// </summary>
/// <remarks>
/// As PyTorch's SGD without dampening. I. Sutskever et al.: On the importance of initialization and
/// momentum in deep learning. ICML 2013.
/// </remarks>
/// <param name="momentum">μ, at least 0 and less than 1.</param>
internal sealed class SgdOptimizer(double momentum = 0) : Optimizer
{
    private readonly float momentum =
        momentum >= 0 && (float)momentum < 1
            ? (float)momentum
            : throw new ArgumentOutOfRangeException(
                nameof(momentum),
                momentum,
                "The momentum of sgd must be at least 0 and less than 1."
            );

    internal override int StatePerParameter => momentum == 0 ? 0 : 1;

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
        ref var w0 = ref MemoryMarshal.GetReference(parameters[..gradient.Length]);
        var (mu, minusRate) = (Vector512.Create(momentum), Vector512.Create(-learningRate));
        var i = 0;
        if (StatePerParameter == 0)
        {
            for (; i < Lanes.Whole(gradient.Length); i += Lanes.Count)
                Moved(Vector512.LoadUnsafe(ref g0, (nuint)i), ref w0, i);
            StepReference(gradient[i..], learningRate, step, state, parameters[i..]);
            return;
        }
        ref var v0 = ref MemoryMarshal.GetReference(state[..gradient.Length]);
        for (; i < Lanes.Whole(gradient.Length); i += Lanes.Count)
        {
            var v = Vector512.FusedMultiplyAdd(
                mu,
                Vector512.LoadUnsafe(ref v0, (nuint)i),
                Vector512.LoadUnsafe(ref g0, (nuint)i)
            );
            v.StoreUnsafe(ref v0, (nuint)i);
            Moved(v, ref w0, i);
        }
        StepReference(gradient[i..], learningRate, step, state[i..], parameters[i..]);

        void Moved(Vector512<float> v, ref float w0, int i) =>
            Vector512
                .FusedMultiplyAdd(minusRate, v, Vector512.LoadUnsafe(ref w0, (nuint)i))
                .StoreUnsafe(ref w0, (nuint)i);
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
            var v = gradient[i];
            if (StatePerParameter > 0)
                v = state[i] = float.FusedMultiplyAdd(momentum, state[i], v);
            parameters[i] = float.FusedMultiplyAdd(-learningRate, v, parameters[i]);
        }
    }
}
