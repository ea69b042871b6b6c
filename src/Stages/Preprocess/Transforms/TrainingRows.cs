using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// The training rows as the steps so far left them: all that a transform can learn from. What is measured is measured once.
/// </summary>
public sealed class TrainingRows
{
    private readonly BlockedRows rows;
    private readonly Lazy<FeatureMoments> moments;
    private readonly Lazy<PrincipalComponents> components;

    internal TrainingRows(IReadOnlyList<int> shape, BlockedRows rows, Lazy<FeatureMoments> moments)
    {
        Shape = shape;
        Features = PreparedDataHeader.FeaturesOf(shape);
        this.rows = rows;
        this.moments = moments;
        components = new(() => PrincipalComponents.Of(Covariance(), Features, rows.Count, Moments.Mean));
    }

    /// <summary>The shape of a sample.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The number of features of a sample.</summary>
    public int Features { get; }

    /// <summary>Each feature by itself.</summary>
    public FeatureMoments Moments => moments.Value;

    /// <summary>
    /// The directions of largest variance. Costs a pass over the rows and the decomposition of a
    /// matrix of features × features.
    /// </summary>
    /// <exception cref="InvalidDataException">There are more features than can be decomposed, or fewer than two rows.</exception>
    public PrincipalComponents Components => components.Value;

    // Σ (x − μ)(x − μ)ᵀ / (n − 1), each element a chain over the rows in their order.
    private double[] Covariance()
    {
        PrincipalComponents.RequirePossible(Features, rows.Count);
        var (mean, covariance) = (Moments.Mean, new double[Features * Features]);
        var workspace = new GemmWorkspace();
        rows.Each(
            (first, block) =>
            {
                for (var i = 0; i < block.Length; i += Features)
                {
                    for (var j = 0; j < Features; j++)
                        block[i + j] -= mean[j];
                }
                var count = block.Length / Features;
                Gemm.Multiply(
                    GemmForm.TN,
                    Features,
                    Features,
                    count,
                    block,
                    Features,
                    block,
                    Features,
                    covariance,
                    Features,
                    accumulate: first > 0,
                    workspace
                );
            }
        );
        for (var i = 0; i < covariance.Length; i++)
            covariance[i] /= rows.Count - 1;
        return covariance;
    }
}
