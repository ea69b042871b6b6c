using System.Globalization;
using System.Numerics;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>Compares decimal numbers as they are written, without rounding.</summary>
internal static class DecimalText
{
    /// <summary>One text for all ways to write a number: 1, 1.0, +1 and 10e-1 are 1e0, 0 and -0 are 0.</summary>
    /// <param name="text">What <see cref="double.Parse(string, NumberStyles, IFormatProvider)"/> reads as a finite number.</param>
    public static string Normal(string text)
    {
        text = text.Trim();
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = (e < 0 ? text : text[..e]).TrimStart('+', '-');
        var exponent =
            e < 0
                ? 0
                : BigInteger.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0)
            return "0";
        exponent += digits.Length - significant.Length - (point < 0 ? 0 : mantissa.Length - point - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{(text[0] == '-' ? "-" : "")}{significant}e{exponent}");
    }
}
