namespace Pipeline.Networks.Optimizers;

/// <summary>Adam with decoupled weight decay: before Adam's step, <c>w ← w − η·λ·w</c>.</summary>
/// <remarks>As PyTorch's AdamW. I. Loshchilov, F. Hutter: Decoupled weight decay regularization. ICLR 2019.</remarks>
/// <param name="beta1">β₁, at least 0 and less than 1.</param>
/// <param name="beta2">β₂, at least 0 and less than 1.</param>
/// <param name="epsilon">ε, greater than 0 and at most 1.</param>
internal sealed class AdamwOptimizer(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    : AdaptiveMoments(beta1, beta2, epsilon)
{
    internal override bool DecouplesWeightDecay => true;
}
