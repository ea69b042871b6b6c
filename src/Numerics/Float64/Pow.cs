namespace Pipeline.Numerics;

public static partial class Float64
{
    /// <summary>
    /// xʸ = e^(y·ln x), with ln x and its product with y carried as unevaluated sums of two doubles. Relative error below 5e−15, and
    /// below 1 ulp unless the result is very large or small (two roundings where it is subnormal). Special values as in C99 (F.9.4.4):
    /// x⁰ = 1 and 1ʸ = 1, for NaN too; for negative x the result is that of |x|, with a minus sign when y is odd, and NaN when x is
    /// finite and y no whole number; (−1)^±∞ = 1.
    /// </summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
            return 1;
        if (double.IsNaN(x) || double.IsNaN(y) || (x < 0 && double.IsFinite(x) && Math.Floor(y) != y))
            return double.NaN;
        var a = Math.Abs(x);
        var power =
            a == 1 ? 1
            : a == 0 || double.IsInfinity(a) || double.IsInfinity(y)
                ? (a < 1) == (y < 0) ? double.PositiveInfinity
                    : 0
            : PowOfPositive(a, y);
        var isOdd = Math.Floor(y) == y && Math.Floor(y / 2) != y / 2;
        return isOdd && double.IsNegative(x) ? -power : power;
    }

    private static double PowOfPositive(double x, double y)
    {
        var (log, logLow) = LogAsSum(x);
        var product = y * log;
        return Exp(product, Math.FusedMultiplyAdd(y, log, -product) + (y * logLow));
    }

    /// <summary>
    /// ln x as an unevaluated sum, to 5e−18 of its value: the formula of <see cref="Log"/> with the remainder of s = f/(2 + f) kept.
    /// </summary>
    private static (double Sum, double Low) LogAsSum(double x)
    {
        var (k, m) = Split(x);
        var f = m - 1;
        var d = 2 + f;
        var dLow = f - (d - 2);
        var s = f / d;
        var sLow = Math.FusedMultiplyAdd(-s, dLow, Math.FusedMultiplyAdd(-s, d, f)) / d;
        var large = k * Ln2High;
        var sum = large + (2 * s);
        var rest = (large - sum) + (2 * s);
        var low = rest + Math.FusedMultiplyAdd(s, ArtanhRemainder(s * s), Math.FusedMultiplyAdd(2, sLow, k * Ln2Low));
        var rounded = sum + low;
        return (rounded, low - (rounded - sum));
    }
}
