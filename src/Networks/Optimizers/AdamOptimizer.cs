namespace Pipeline.Networks.Optimizers;

/// <summary>
/// Adam: <c>m ← β₁·m + (1 − β₁)·g</c>, <c>v ← β₂·v + (1 − β₂)·g²</c>, <c>w ← w − η/(1 − β₁ᵗ)·m/(√(v/(1 − β₂ᵗ)) + ε)</c>
/// at step t, m and v being 0 at first. Weight decay goes through the gradient.
/// </summary>
/// <remarks>As PyTorch's Adam. D. P. Kingma, J. Ba: Adam: a method for stochastic optimization. ICLR 2015.</remarks>
/// <param name="beta1">β₁, at least 0 and less than 1.</param>
/// <param name="beta2">β₂, at least 0 and less than 1.</param>
/// <param name="epsilon">ε, greater than 0 and at most 1.</param>
internal sealed class AdamOptimizer(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    : AdaptiveMoments(beta1, beta2, epsilon)
{
    internal override bool DecouplesWeightDecay => false;
}
