namespace Pipeline.Numerics;

/// <summary>
/// Student's t distribution with ν ≥ 1 degrees of freedom, whole or not. Its density is proportional to (1 + t²/ν)^(−(ν + 1)/2).
/// </summary>
public static class StudentT
{
    /// <summary>
    /// P(T ≤ t), by P(T ≤ −|t|) = ½·Iₓ(ν/2, ½) with x = ν/(ν + t²) (Abramowitz and Stegun 26.7.1).
    /// Relative error below 1e−13 for ν ≤ 1e6 and results above 1e−20, growing with |ln P| below. NaN gives NaN, −∞ gives 0, +∞ gives 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are below 1, infinite or not a number.</exception>
    public static double Cdf(double t, double degreesOfFreedom)
    {
        RequireDegreesOfFreedom(degreesOfFreedom);
        if (double.IsNaN(t))
            return t;
        var tail = Tail(Math.Abs(t), degreesOfFreedom);
        return t < 0 ? tail : 1 - tail;
    }

    /// <summary>
    /// The t with P(T ≤ t) = p, found by halving the range of doubles until two neighbours are left. Relative error below 1e−13 for
    /// ν ≤ 1e6 and p ≥ 1e−20; near p = 1 it is the error of p that counts. p = 0 gives −∞, p = ½ gives 0, p = 1 gives +∞, NaN gives NaN.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The probability is outside 0…1, or the degrees of freedom as in <see cref="Cdf"/>.
    /// </exception>
    public static double Quantile(double p, double degreesOfFreedom)
    {
        RequireDegreesOfFreedom(degreesOfFreedom);
        if (double.IsNaN(p))
            return p;
        if (p is < 0 or > 1)
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
        if (p is 0 or 1)
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;

        // Around the centre it is the distance of p from ½ that must be met, in the tails p itself.
        var centre = Math.Abs(p - 0.5);
        var tail = Math.Min(p, 1 - p);
        var low = 0L;
        var high = BitConverter.DoubleToInt64Bits(double.MaxValue);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            var t = BitConverter.Int64BitsToDouble(middle);
            var isBelow = centre < 0.25 ? Centre(t, degreesOfFreedom) < centre : Tail(t, degreesOfFreedom) > tail;
            (low, high) = isBelow ? (middle, high) : (low, middle);
        }
        var magnitude = centre == 0 ? 0 : BitConverter.Int64BitsToDouble(high);
        return p < 0.5 ? -magnitude : magnitude;
    }

    /// <summary>P(T > t) for t ≥ 0.</summary>
    private static double Tail(double t, double degreesOfFreedom)
    {
        var (x, y) = Position(t, degreesOfFreedom);
        return 0.5 * Float64.IncompleteBeta(degreesOfFreedom / 2, 0.5, x, y);
    }

    /// <summary>P(0 ≤ T ≤ t) for t ≥ 0.</summary>
    private static double Centre(double t, double degreesOfFreedom)
    {
        var (x, y) = Position(t, degreesOfFreedom);
        return 0.5 * Float64.IncompleteBeta(0.5, degreesOfFreedom / 2, y, x);
    }

    /// <summary>x = ν/(ν + t²) and 1 − x, without overflow.</summary>
    private static (double X, double Y) Position(double t, double degreesOfFreedom)
    {
        var ratio = t / degreesOfFreedom * t;
        if (ratio <= 1)
            return (1 / (1 + ratio), ratio / (1 + ratio));
        var inverse = degreesOfFreedom / t / t;
        return (inverse / (1 + inverse), 1 / (1 + inverse));
    }

    private static void RequireDegreesOfFreedom(double degreesOfFreedom)
    {
        if (!(degreesOfFreedom >= 1) || double.IsPositiveInfinity(degreesOfFreedom))
            throw new ArgumentOutOfRangeException(
                nameof(degreesOfFreedom),
                degreesOfFreedom,
                "Student's t needs one degree of freedom or more."
            );
    }
}
