namespace Pipeline.Numerics;

/// <summary>
/// Functions of double precision built from exactly rounded operations alone, so that they give the same bits on every machine.
/// They serve statistics, schedules and generators, not the inner loops of training.
/// </summary>
public static partial class Float64
{
    /// <summary>The upper 32 bits of ln 2, so that a whole number of up to 21 bits times it is exact.</summary>
    private const double Ln2High = 6.93147180369123816490e-01;

    /// <summary>ln 2 − <see cref="Ln2High"/>.</summary>
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>1/n! for n = 13, 12, …, 2.</summary>
    private static ReadOnlySpan<double> InverseFactorials =>
        [
            1 / 6227020800.0,
            1 / 479001600.0,
            1 / 39916800.0,
            1 / 3628800.0,
            1 / 362880.0,
            1 / 40320.0,
            1 / 5040.0,
            1 / 720.0,
            1 / 120.0,
            1 / 24.0,
            1 / 6.0,
            1 / 2.0,
        ];

    /// <summary>
    /// y = eˣ, as 2ᵏ·eʳ with k = ⌊x/ln 2 + ½⌋, r = x − k·ln 2 and the Taylor polynomial of degree 13 for eʳ, |r| ≤ ½ ln 2.
    /// Error below 1 ulp (two roundings where the result is subnormal). NaN gives NaN, −∞ gives 0, +∞ gives +∞;
    /// the result overflows to +∞ above 709.78 and underflows to 0 below −745.13.
    /// </summary>
    public static double Exp(double x) => Exp(x, 0);

    /// <summary>The exponential of the unevaluated sum x + low, where low is at most a few last places of x.</summary>
    private static double Exp(double x, double low)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 709.782712893384)
            return double.PositiveInfinity;
        if (x < -745.1332191019412)
            return 0;
        var k = Math.Floor((x * 1.4426950408889634) + 0.5);
        var r = Math.FusedMultiplyAdd(-k, Ln2Low, Math.FusedMultiplyAdd(-k, Ln2High, x)) + low;
        var q = 0.0;
        foreach (var coefficient in InverseFactorials)
            q = Math.FusedMultiplyAdd(q, r, coefficient);
        var y = 1 + Math.FusedMultiplyAdd(q * r, r, r);

        // Two factors: 2ᵏ alone would overflow at k = 1024 and be subnormal below −1022.
        var half = (int)k / 2;
        return y * PowerOfTwo(half) * PowerOfTwo((int)k - half);
    }

    /// <summary>2ᵏ for −1022 ≤ k ≤ 1023.</summary>
    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
}
