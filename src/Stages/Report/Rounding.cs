using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Writes numbers shorter than they are.</summary>
internal static class Rounding
{
    /// <summary>
    /// A finite number rounded to some significant digits, by way of a number, which is written
    /// without exponent as far as possible.
    /// </summary>
    public static string Significant(double value, int digits) =>
        CanonicalJson.Number(CanonicalJson.Rounded(value, digits));
}
