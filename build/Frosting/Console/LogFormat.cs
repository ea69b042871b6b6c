using System.Globalization;

namespace Cake.Frosting;

/// <summary>
/// Cake's format strings: <c>{0}</c>, <c>{0:format}</c>, doubled braces for braces; no alignment. A format specifier loses its colons, as it
/// does in Cake, and a null is written <c>[NULL]</c>.
/// </summary>
internal static class LogFormat
{
    /// <summary>The pieces of a formatted text, each with whether it came from an argument.</summary>
    /// <exception cref="FormatException">A placeholder has another form, or no argument.</exception>
    public static IEnumerable<(string Text, bool IsArgument)> Pieces(string format, object?[] args)
    {
        var position = 0;
        while (position < format.Length)
        {
            var start = StartOfPlaceholder(format, position);
            if (start > position)
                yield return (Unescape(format[position..start]), IsArgument: false);
            if (start == format.Length)
                yield break;
            var end = format.IndexOf('}', start);
            if (end < 0)
            {
                yield return (start + 1 == format.Length ? "{" : format[(start + 1)..], IsArgument: false);
                yield break;
            }
            yield return (Render(format[(start + 1)..end], args), IsArgument: true);
            position = end + 1;
        }
    }

    private static int StartOfPlaceholder(string format, int position)
    {
        while (position < format.Length && (format[position] != '{' || format.AsSpan(position).StartsWith("{{")))
            position += format.AsSpan(position).StartsWith("{{") ? 2 : 1;
        return position;
    }

    private static string Unescape(string text) =>
        text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static string Render(string placeholder, object?[] args)
    {
        var parts = placeholder.Split(':');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            throw new FormatException($"'{{{placeholder}}}' is not a placeholder; write {{0}} or {{0:format}}.");
        if (index >= args.Length)
            throw new FormatException($"'{{{placeholder}}}' has no argument; {args.Length} are given.");
        var specifier = string.Concat(parts[1..]);
        return args[index] switch
        {
            null => "[NULL]",
            IFormattable value when !string.IsNullOrWhiteSpace(specifier) => value.ToString(specifier, CultureInfo.InvariantCulture),
            var value => value.ToString() ?? "",
        };
    }
}
