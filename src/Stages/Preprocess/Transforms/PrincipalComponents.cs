using System.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// The eigenvectors u of the training rows' covariance, <c>Σ (x − μ)(x − μ)ᵀ / (n − 1)</c>, by falling eigenvalue λ, the variance along u.
/// Equal bits everywhere: the decomposition is one thread of scalar float64, and each vector's sign is that which makes its largest
/// component, the first of equals, positive.
/// </summary>
/// <param name="Mean">μ, [features].</param>
/// <param name="Variances">The eigenvalues, [features], falling; at least 0.</param>
/// <param name="Vectors">[features, features], a vector a column, each of length 1.</param>
/// <param name="Rank">
/// How many eigenvalues are more than rounding: above <c>λ₁ · max(rows, features) · 2⁻⁵²</c>. The others belong to
/// constant features, to features that are sums of others, or to too few rows.
/// </param>
public sealed record PrincipalComponents(double[] Mean, double[] Variances, double[] Vectors, int Rank)
{
    private const int MostFeatures = 8192;
    private const double Rounding = 1.0 / (1L << 52);

    /// <summary>The number of features.</summary>
    public int Features => Mean.Length;

    /// <summary>The first components, <c>y = (x − μ)·U·diag(scale)</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="scale">What each is multiplied by, from its variance.</param>
    public LinearMap Project(int count, Func<double, double> scale)
    {
        var matrix = new double[Features * count];
        for (var k = 0; k < count; k++)
        {
            var factor = scale(Variances[k]);
            for (var j = 0; j < Features; j++)
                matrix[(j * count) + k] = Vectors[(j * Features) + k] * factor;
        }
        return new(Mean, matrix, [count]);
    }

    /// <summary>What whitening multiplies a component of variance λ by: <c>1/√(λ + ε)</c>; 0 where neither is more than rounding.</summary>
    /// <param name="variance">λ.</param>
    /// <param name="epsilon">ε, at least 0.</param>
    public double Whitening(double variance, double epsilon) =>
        epsilon == 0 && (Rank == 0 || variance < Variances[Rank - 1]) ? 0 : 1 / Math.Sqrt(variance + epsilon);

    /// <summary>Makes sure that the covariance can be decomposed.</summary>
    /// <exception cref="InvalidDataException">There are too many features, or fewer than two rows.</exception>
    internal static void RequirePossible(int features, int rows)
    {
        if (features > MostFeatures)
            throw new InvalidDataException(
                $"Principal components of {features} features take too long; {MostFeatures} are the most: "
                    + "choose smaller images, or center or standardize instead."
            );
        if (rows < 2)
            throw new InvalidDataException(
                "Principal components need two training rows at least: make split.validation or split.test smaller."
            );
    }

    /// <summary>Decomposes a covariance.</summary>
    /// <param name="covariance">[features, features], symmetric.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="rows">The number of rows that it was measured on.</param>
    /// <param name="mean">Their mean.</param>
    internal static PrincipalComponents Of(double[] covariance, int features, int rows, double[] mean)
    {
        // Ascending eigenvalues; a vector a column, and columns one after the other.
        var (values, columns, blocks) = (
            new Complex[features],
            new double[covariance.Length],
            new double[covariance.Length]
        );
        new ManagedLinearAlgebraProvider().EigenDecomp(
            isSymmetric: true,
            features,
            covariance,
            columns,
            values,
            blocks
        );
        var (variances, vectors) = (new double[features], new double[covariance.Length]);
        for (var k = 0; k < features; k++)
        {
            var from = features - 1 - k;
            variances[k] = Math.Max(0, values[from].Real);
            var column = columns.AsSpan(from * features, features);
            var sign = Sign(column);
            for (var j = 0; j < features; j++)
                vectors[(j * features) + k] = sign * column[j];
        }
        var limit = variances[0] * Math.Max(rows, features) * Rounding;
        return new(mean, variances, vectors, variances.Count(variance => variance > limit));
    }

    private static int Sign(ReadOnlySpan<double> vector)
    {
        var largest = 0.0;
        foreach (var component in vector)
        {
            if (Math.Abs(component) > Math.Abs(largest))
                largest = component;
        }
        return largest < 0 ? -1 : 1;
    }
}
