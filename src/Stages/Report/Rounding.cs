using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Writes numbers shorter than they are.</summary>
internal static class Rounding
{
    private const double Even = 1e-6;
    private const int MostDigits = 17;

    /// <summary>
    /// A finite number rounded to some significant digits, by way of a number, which is written
    /// without exponent as far as possible.
    /// </summary>
    public static string Significant(double value, int digits) =>
        CanonicalJson.Number(CanonicalJson.Rounded(value, digits));

    /// <summary>
    /// A number rounded to some significant digits, or as many more as stand before its point, below 10,000 and of whole numbers below a
    /// million: epochs, steps and scales stay what they are.
    /// </summary>
    public static double Shown(double value, int digits) => CanonicalJson.Rounded(value, Digits(value, digits));

    /// <summary>The number of digits to which <see cref="Shown"/> rounds.</summary>
    public static int Digits(double value, int digits) =>
        Math.Abs(value) is >= 1 and var size && (size < 1e4 || (size < 1e6 && size == Math.Floor(size)))
            ? Math.Max(digits, ((int)size).ToString(CultureInfo.InvariantCulture).Length)
            : digits;

    /// <summary>A p value rounded, with as many digits more as it takes to stay on its side of a level.</summary>
    public static string P(double value, int digits, double level)
    {
        while (digits < MostDigits && CanonicalJson.Rounded(value, digits) < level != value < level)
            digits++;
        return Significant(value, digits);
    }

    /// <summary>Whether an interval lies evenly around its mean, so that half of it says all.</summary>
    public static bool IsEven(double mean, double low, double high) =>
        Math.Abs(high - mean - (mean - low)) <= Even * (high - low);
}
