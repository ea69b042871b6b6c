namespace Pipeline.Numerics.Tests;

/// <summary>The error function in double precision, by its series and its continued fraction: slow and plain, for comparison.</summary>
internal static class ErrorFunction
{
    private const double TwoOverSqrtPi = 1.1283791670955126;

    /// <summary>erf x to about 1e-15 of its value.</summary>
    public static double Erf(double x) =>
        Math.Abs(x) < 2 ? Series(x)
        : x > 0 ? 1 - Fraction(x)
        : Fraction(-x) - 1;

    /// <summary>erfc x to about 1e-13 of its value.</summary>
    public static double Erfc(double x) => x < 2 ? 1 - Erf(x) : Fraction(x);

    /// <summary>
    /// Φ⁻¹(p) for 0 &lt; p ≤ ½ by two steps of Halley's method from a start that is nearly right. Next to ½ the difference Φ(x) − p is
    /// taken as ½ erf(x/√2) + (½ − p), which keeps it exact.
    /// </summary>
    public static double NormalQuantileOfLowerHalf(double p, double start)
    {
        var x = start;
        for (var i = 0; i < 2; i++)
        {
            var excess = x > -0.5 ? (0.5 * Erf(x / Math.Sqrt(2))) + (0.5 - p) : (0.5 * Erfc(-x / Math.Sqrt(2))) - p;
            var step = excess * Math.Sqrt(2 * Math.PI) * Math.Exp(x * x / 2);
            x -= step / (1 + (x * step / 2));
        }
        return x;
    }

    /// <summary>erf x = 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)): no term cancels another.</summary>
    private static double Series(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }
        return TwoOverSqrtPi * Math.Exp(-x * x) * sum;
    }

    /// <summary>erfc x = e^(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))), from the inside.</summary>
    private static double Fraction(double x)
    {
        if (x > 30)
            return 0;
        var tail = x;
        for (var n = 120; n > 0; n--)
            tail = x + (n / 2.0 / tail);
        return Math.Exp(-x * x) * (TwoOverSqrtPi / 2) / tail;
    }
}
