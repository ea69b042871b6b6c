namespace Pipeline.Numerics;

public static partial class Float64
{
    /// <summary>(−1)ⁱ/(2i + 1)! for i = 8, 7, …, 1.</summary>
    private static ReadOnlySpan<double> SinSeries =>
        [
            1 / 355687428096000.0,
            -1 / 1307674368000.0,
            1 / 6227020800.0,
            -1 / 39916800.0,
            1 / 362880.0,
            -1 / 5040.0,
            1 / 120.0,
            -1 / 6.0,
        ];

    /// <summary>(−1)ⁱ/(2i)! for i = 8, 7, …, 2.</summary>
    private static ReadOnlySpan<double> CosSeries =>
        [1 / 20922789888000.0, -1 / 87178291200.0, 1 / 479001600.0, -1 / 3628800.0, 1 / 40320.0, -1 / 720.0, 1 / 24.0];

    /// <summary>
    /// y = sin x for |x| ≤ 2⁴⁰ ≈ 1.1e12, by quarter turns and the Taylor series. Error below 1 ulp, next to its zeros too.
    /// ±0 gives ±0; numbers beyond that range, ±∞ and NaN give NaN.
    /// </summary>
    public static double Sin(double x)
    {
        if (Math.Abs(x) < 1e-8)
            return x;
        var (quarters, r, low) = QuarterTurns(x);
        var y = (quarters & 1) == 0 ? SinNear0(r, low) : CosNear0(r, low);
        return (quarters & 2) == 0 ? y : -y;
    }

    /// <summary>
    /// y = cos x for |x| ≤ 2⁴⁰ ≈ 1.1e12, by quarter turns and the Taylor series. Error below 1 ulp, next to its zeros too.
    /// Numbers beyond that range, ±∞ and NaN give NaN.
    /// </summary>
    public static double Cos(double x)
    {
        var (quarters, r, low) = QuarterTurns(x);
        var y = (quarters & 1) == 0 ? CosNear0(r, low) : SinNear0(r, low);
        return ((quarters + 1) & 2) == 0 ? y : -y;
    }

    /// <summary>
    /// x = n·π/2 + r + low with |r| ≤ π/4 (1 + 2⁻¹²), after W. Cody and W. Waite: π/2 in three parts of 53 bits, whose products with n are
    /// taken exactly by fused multiply-add. r is NaN beyond the range of <see cref="Sin"/>.
    /// </summary>
    private static (long Quarters, double R, double Low) QuarterTurns(double x)
    {
        const double high = 1.5707963267948966;
        const double middle = 6.123233995736766e-17;
        const double low = -1.4973849048591698e-33;
        if (!(Math.Abs(x) <= 1L << 40))
            return (0, double.NaN, 0);
        var n = Math.Round(x * 0.6366197723675814);
        var first = n * high;
        var second = n * middle;

        // x and n·π/2 are so close that their difference is exact; what the following differences round away goes into the rest.
        var exact = x - first;
        var firstLow = Math.FusedMultiplyAdd(n, high, -first);
        var a = exact - firstLow;
        var b = a - second;
        var rest =
            LostBy(exact, firstLow, a) + LostBy(a, second, b) - Math.FusedMultiplyAdd(n, middle, -second) - (n * low);
        var r = b + rest;
        return ((long)n, r, rest - (r - b));
    }

    /// <summary>What x − y lost when it was rounded to a difference (D. Knuth).</summary>
    private static double LostBy(double x, double y, double difference)
    {
        var z = difference - x;
        return x - (difference - z) - (y + z);
    }

    /// <summary>sin(r + low) for |r| ≤ π/4.</summary>
    private static double SinNear0(double r, double low)
    {
        var z = r * r;
        var sum = 0.0;
        foreach (var coefficient in SinSeries)
            sum = Math.FusedMultiplyAdd(sum, z, coefficient);
        return r + Math.FusedMultiplyAdd(sum * z, r, low * (1 - (0.5 * z)));
    }

    /// <summary>cos(r + low) for |r| ≤ π/4: 1 − r²/2 is rounded once, and the rest has what that lost.</summary>
    private static double CosNear0(double r, double low)
    {
        var z = r * r;
        var sum = 0.0;
        foreach (var coefficient in CosSeries)
            sum = Math.FusedMultiplyAdd(sum, z, coefficient);
        var main = 1 - (0.5 * z);
        var lost = 1 - main - (0.5 * z);
        return main + Math.FusedMultiplyAdd(sum * z, z, lost - (r * low));
    }
}
