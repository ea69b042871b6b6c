using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Optimizers;

/// <summary>The step that Adam and its variants share; state holds m, then v.</summary>
/// <param name="beta1">β₁, at least 0 and less than 1.</param>
/// <param name="beta2">β₂, at least 0 and less than 1.</param>
/// <param name="epsilon">ε, as a float32 greater than 0 and at most 1.</param>
internal abstract class AdaptiveMoments(double beta1, double beta2, double epsilon) : Optimizer
{
    private readonly double beta1 = Checked(beta1, nameof(beta1));
    private readonly double beta2 = Checked(beta2, nameof(beta2));
    private readonly float epsilon = (float)epsilon is > 0 and <= 1 and var single
        ? single
        : throw new ArgumentOutOfRangeException(
            nameof(epsilon),
            epsilon,
            "The epsilon of an optimizer must be greater than 0, as a float32 too, and at most 1."
        );

    internal sealed override int StatePerParameter => 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal sealed override void Step(
        ReadOnlySpan<float> gradient,
        float learningRate,
        int step,
        Span<float> state,
        Span<float> parameters
    )
    {
        var (rate, correction) = Corrections(learningRate, step);
        ref var g0 = ref MemoryMarshal.GetReference(gradient);
        ref var m0 = ref MemoryMarshal.GetReference(state[..gradient.Length]);
        ref var v0 = ref MemoryMarshal.GetReference(state.Slice(gradient.Length, gradient.Length));
        ref var w0 = ref MemoryMarshal.GetReference(parameters[..gradient.Length]);
        var (b1, b2) = (Vector512.Create((float)beta1), Vector512.Create((float)beta2));
        var (share1, share2) = (Vector512.Create((float)(1 - beta1)), Vector512.Create((float)(1 - beta2)));
        var (minusRate, corrections, epsilons) = (
            Vector512.Create(-rate),
            Vector512.Create(correction),
            Vector512.Create(epsilon)
        );
        nuint i = 0;
        for (; i < (nuint)Lanes.Whole(gradient.Length); i += Lanes.Count)
        {
            var g = Vector512.LoadUnsafe(ref g0, i);
            var m = Vector512.FusedMultiplyAdd(b1, Vector512.LoadUnsafe(ref m0, i), share1 * g);
            var v = Vector512.FusedMultiplyAdd(b2, Vector512.LoadUnsafe(ref v0, i), share2 * g * g);
            m.StoreUnsafe(ref m0, i);
            v.StoreUnsafe(ref v0, i);
            var direction = m / (Vector512.Sqrt(v * corrections) + epsilons);
            Vector512.FusedMultiplyAdd(minusRate, direction, Vector512.LoadUnsafe(ref w0, i)).StoreUnsafe(ref w0, i);
        }
        for (var j = (int)i; j < gradient.Length; j++)
            StepOne(gradient, rate, correction, j, state, parameters);
    }

    internal sealed override void StepReference(
        ReadOnlySpan<float> gradient,
        float learningRate,
        int step,
        Span<float> state,
        Span<float> parameters
    )
    {
        var (rate, correction) = Corrections(learningRate, step);
        for (var i = 0; i < gradient.Length; i++)
            StepOne(gradient, rate, correction, i, state, parameters);
    }

    private void StepOne(
        ReadOnlySpan<float> gradient,
        float rate,
        float correction,
        int i,
        Span<float> state,
        Span<float> parameters
    )
    {
        var g = gradient[i];
        ref var m = ref state[i];
        ref var v = ref state[gradient.Length + i];
        m = float.FusedMultiplyAdd((float)beta1, m, (float)(1 - beta1) * g);
        v = float.FusedMultiplyAdd((float)beta2, v, (float)(1 - beta2) * g * g);
        parameters[i] = float.FusedMultiplyAdd(-rate, m / (MathF.Sqrt(v * correction) + epsilon), parameters[i]);
    }

    /// <summary>η/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ).</summary>
    private (float Rate, float Correction) Corrections(float learningRate, int step) =>
        ((float)(learningRate / (1 - Power(beta1, step))), (float)(1 / (1 - Power(beta2, step))));

    /// <summary>xⁿ by squaring.</summary>
    private static double Power(double x, int n)
    {
        var power = 1.0;
        for (; n > 0; n >>= 1, x *= x)
            power = (n & 1) == 1 ? power * x : power;
        return power;
    }

    private static double Checked(double beta, string name) =>
        beta >= 0 && (float)beta < 1
            ? beta
            : throw new ArgumentOutOfRangeException(
                name,
                beta,
                $"The {name} of an optimizer must be at least 0 and less than 1."
            );
}
