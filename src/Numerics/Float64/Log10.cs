namespace Pipeline.Numerics;

public static partial class Float64
{
    /// <summary>The upper 40 bits of log₁₀ 2, so that a whole number of up to 11 bits times it is exact.</summary>
    private const double Log10Of2High = 3.01029995663611771306e-01;

    /// <summary>log₁₀ 2 − <see cref="Log10Of2High"/>.</summary>
    private const double Log10Of2Low = 3.69423907715893078616e-13;

    /// <summary>
    /// y = log₁₀ x, as k·log₁₀ 2 + (ln m)/ln 10 with x = 2ᵏ·m, √½ ≤ m &lt; √2. Error below 2 ulp; powers of ten give whole numbers.
    /// NaN and negative numbers give NaN, ±0 gives −∞, +∞ gives +∞.
    /// </summary>
    public static double Log10(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return Log(x);
        var (k, m) = Split(x);
        return (k * Log10Of2High) + Math.FusedMultiplyAdd(0.4342944819032518, Log(m), k * Log10Of2Low);
    }
}
