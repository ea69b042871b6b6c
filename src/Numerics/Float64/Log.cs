namespace Pipeline.Numerics;

public static partial class Float64
{
    /// <summary>2/n for n = 23, 21, …, 3.</summary>
    private static ReadOnlySpan<double> InverseOdds =>
        [2 / 23.0, 2 / 21.0, 2 / 19.0, 2 / 17.0, 2 / 15.0, 2 / 13.0, 2 / 11.0, 2 / 9.0, 2 / 7.0, 2 / 5.0, 2 / 3.0];

    /// <summary>
    /// y = ln x, as k·ln 2 + 2·artanh(s) with x = 2ᵏ·(1 + f), √½ ≤ 1 + f &lt; √2 and s = f/(2 + f); arranged as in
    /// fdlibm's e_log, with the Taylor series of artanh. Error below 1 ulp. NaN and negative numbers give NaN, ±0 gives −∞, +∞ gives +∞.
    /// </summary>
    public static double Log(double x)
    {
        if (x == 0)
            return double.NegativeInfinity;
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return x > 0 ? x : double.NaN;
        var (k, m) = Split(x);
        var f = m - 1;
        var s = f / (2 + f);
        var halfSquare = 0.5 * f * f;
        return (k * Ln2High)
            - (halfSquare - Math.FusedMultiplyAdd(s, halfSquare + ArtanhRemainder(s * s), k * Ln2Low) - f);
    }

    /// <summary>k and m of x = 2ᵏ·m with √½ ≤ m &lt; √2, for positive finite x.</summary>
    private static (int K, double M) Split(double x)
    {
        var k = 0;
        if (!double.IsNormal(x))
        {
            x *= PowerOfTwo(54);
            k = -54;
        }
        var bits = BitConverter.DoubleToInt64Bits(x);
        k += (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        return m < 1.4142135623730951 ? (k, m) : (k + 1, 0.5 * m);
    }

    /// <summary>
    /// y = ln(1 + x) for x &gt; −1, accurate for small x too: ln(w)·x/(w − 1) with w = 1 + x rounded (W. Kahan). Error below 4 ulp.
    /// </summary>
    internal static double Log1P(double x)
    {
        var w = 1 + x;
        return w == 1 ? x : Log(w) * (x / (w - 1));
    }

    /// <summary>
    /// y = ln(1 + u) − u for u &gt; −1, accurate where u is small and the terms cancel: with r = u/(2 + u),
    /// y = r·(2·(r²/3 + r⁴/5 + …) − u). Next to u = −1 it is w = 1 + u, given as well, that says more.
    /// </summary>
    private static double LogMinusLinear(double u, double w)
    {
        if (Math.Abs(u) <= 0.3)
        {
            var r = u / (2 + u);
            return r * (ArtanhRemainder(r * r) - u);
        }
        if (u < -0.5)
            return Log(w) - u;
        var rounded = 1 + u;
        return Log(rounded) - u + ((u - (rounded - 1)) / rounded);
    }

    /// <summary>2·artanh(s)/s − 2 as a function of z = s²: 2·(z/3 + z²/5 + …), for z ≤ 0.0315.</summary>
    private static double ArtanhRemainder(double z)
    {
        var sum = 0.0;
        foreach (var coefficient in InverseOdds)
            sum = Math.FusedMultiplyAdd(sum, z, coefficient);
        return sum * z;
    }
}
