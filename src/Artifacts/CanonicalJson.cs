using System.Globalization;
using System.Text.Encodings.Web;

namespace Pipeline.Artifacts;

/// <summary>How JSON is written wherever its bytes are hashed or compared: no white space, shortest round-trip numbers.</summary>
public static class CanonicalJson
{
    /// <summary>Escapes only what JSON demands, so that a text reads the same in a file as in a study.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The shortest text that reads back as the same number: <c>0.1</c>, <c>15</c>, <c>1E-05</c>; zero has no sign.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is infinite or not a number.</exception>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number.");
        return value == 0 ? "0" : value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The number of so many significant digits, 1…15, that is nearest to a finite one.</summary>
    public static double Rounded(double value, int digits) =>
        double.Parse(
            value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture
        );
}
