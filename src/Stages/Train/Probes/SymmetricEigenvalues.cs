using System.Runtime.CompilerServices;

namespace Pipeline.Stages.Train;

/// <summary>
/// The eigenvalues of a symmetric matrix by cyclic Jacobi rotations in float64: each makes the elements (p, q) and (q, p) zero, row by
/// row, until all of them are negligible beside the trace. Errors are about 1e-15 of the largest eigenvalue.
/// </summary>
/// <remarks>
/// G. H. Golub, C. F. Van Loan: Matrix computations. Johns Hopkins University Press, 4th edition 2013, section 8.5. A page of its own
/// rather than a library's: nothing that a run depends on is to come from a package.
/// </remarks>
internal static class SymmetricEigenvalues
{
    private const int MostSweeps = 60;
    private const double Negligible = 1e-18;

    /// <summary>All eigenvalues [n], in no order.</summary>
    /// <param name="a">The matrix, n rows of n, symmetric; it is changed on the way. Of numbers that aren't finite come such.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Of(double[][] a)
    {
        var (n, trace) = (a.Length, 0.0);
        for (var i = 0; i < n; i++)
            trace += Math.Abs(a[i][i]);
        for (var (sweep, isDone) = (0, false); !isDone && sweep < MostSweeps; sweep++)
        {
            isDone = true;
            for (var p = 0; p < n - 1; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    if (Math.Abs(a[p][q]) > Negligible * trace)
                    {
                        isDone = false;
                        Rotate(a, p, q);
                    }
                }
            }
        }
        var values = new double[n];
        for (var i = 0; i < n; i++)
            values[i] = a[i][i];
        return values;
    }

    /// <summary>Rotates the axes p and q so that a[p][q] becomes 0: t is the tangent of the smaller of the two angles that do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rotate(double[][] a, int p, int q)
    {
        var theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        var shift = t * a[p][q];
        (a[p][p], a[q][q]) = (a[p][p] - shift, a[q][q] + shift);
        a[p][q] = a[q][p] = 0;
        for (var k = 0; k < a.Length; k++)
        {
            if (k == p || k == q)
                continue;
            var (x, y) = (a[k][p], a[k][q]);
            a[k][p] = a[p][k] = (c * x) - (s * y);
            a[k][q] = a[q][k] = (s * x) + (c * y);
        }
    }
}
