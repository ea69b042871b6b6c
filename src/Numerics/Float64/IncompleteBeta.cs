namespace Pipeline.Numerics;

public static partial class Float64
{
    /// <summary>1/√(2π).</summary>
    private const double InverseSqrtTwoPi = 0.3989422804014327;

    /// <summary>
    /// y = Iₓ(a, b) = B(x; a, b)/B(a, b), the regularized incomplete beta function, for a, b > 0 and 0 ≤ x ≤ 1. The continued fraction of
    /// A. R. DiDonato and A. H. Morris (ACM Algorithm 708, 1992; the even part of DLMF 8.17.22), evaluated by W. Lentz's method, left of
    /// the switching point (a + 1)/(a + b + 2); Iₓ(a, b) = 1 − I₁₋ₓ(b, a) right of it.
    /// Relative error below 2e−15·(10 + |ln y|) for ½ ≤ a, b ≤ 1e6; the number of steps grows as √max(a, b) at most.
    /// An argument outside its range, an infinite a or b, or NaN gives NaN.
    /// </summary>
    public static double IncompleteBeta(double a, double b, double x) => IncompleteBeta(a, b, x, 1 - x);

    /// <summary>As above, with y = 1 − x given as well, for when x is so close to 1 that the difference would be lost.</summary>
    internal static double IncompleteBeta(double a, double b, double x, double y)
    {
        if (!(a > 0 && b > 0 && x >= 0 && y >= 0) || double.IsPositiveInfinity(a + b))
            return double.NaN;
        if (x == 0 || y == 0)
            return x == 0 ? 0 : 1;
        return x <= (a + 1) / (a + b + 2) ? BetaFraction(a, b, x, y) : 1 - BetaFraction(b, a, y, x);
    }

    /// <summary>
    /// Iₓ(a, b) left of the switching point, as xᵃ·yᵇ/B(a, b) divided by β₀ + α₁/(β₁ + α₂/(β₂ + …)).
    /// </summary>
    private static double BetaFraction(double a, double b, double x, double y)
    {
        const double tiny = 1e-300; // keeps a denominator that vanishes by accident from dividing
        var start = 1 - BetaExcess(a, b, x, y);
        var fraction = a * start / (a + 1);
        var c = NotZero(fraction);
        fraction = c;
        var d = 0.0;
        var step = 0.0;
        for (var m = 1.0; Math.Abs(step - 1) > 8.881784197001252e-16; m++)
        {
            var n = a + m + m;
            var alpha = (a + m - 1) / (n - 1) * m * ((a + b + m - 1) * x / (n - 1)) * ((b - m) * x);
            var beta = m + (m * (b - m) * x / (n - 1)) + ((a + m) * (start + (m * (2 - x))) / (n + 1));
            d = 1 / NotZero(beta + (alpha * d));
            c = NotZero(beta + (alpha / c));
            step = c * d;
            fraction *= step;
        }
        return BetaPowers(a, b, x, y) / fraction;

        static double NotZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }

    /// <summary>x·(a + b) − a = b − y·(a + b), from the smaller of x and y = 1 − x, with one rounding.</summary>
    private static double BetaExcess(double a, double b, double x, double y) =>
        x < y ? Math.FusedMultiplyAdd(x, a + b, -a) : -Math.FusedMultiplyAdd(y, a + b, -b);

    /// <summary>
    /// xᵃ·yᵇ/B(a, b), with x + y = 1, arranged so that nothing large cancels (C. Loader, Fast and accurate computation of binomial
    /// probabilities, 2000): with u = x·(a + b)/a − 1 and v = y·(a + b)/b − 1 = −u·a/b, it is √(a·b/(2π(a + b))) times the exponential of
    /// a·(ln(1 + u) − u) + b·(ln(1 + v) − v) + Δ(a + b) − Δ(a) − Δ(b), where Δ is <see cref="StirlingError"/>.
    /// </summary>
    private static double BetaPowers(double a, double b, double x, double y)
    {
        var sum = a + b;
        var excess = BetaExcess(a, b, x, y);
        var exponent =
            (a * LogMinusLinear(excess / a, x * (sum / a))) + (b * LogMinusLinear(-excess / b, y * (sum / b)));
        return InverseSqrtTwoPi
            * Math.Sqrt(a / sum * b)
            * Exp(exponent + StirlingError(sum) - StirlingError(a) - StirlingError(b));
    }
}
