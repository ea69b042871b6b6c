using System.Globalization;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>How messages name what stands in a file.</summary>
internal static class CsvText
{
    private const int Longest = 60;

    /// <summary>A text in quotes, its end left out where it is long, with a space for each control character.</summary>
    public static string Quoted(string text)
    {
        var cut = text.Length <= Longest ? text : text[..Longest] + "…";
        return $"'{string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c))}'";
    }

    /// <summary>A control character by its number, and by its name where it has a common one.</summary>
    public static string Named(char control)
    {
        var name = control switch
        {
            '\0' => ", NUL",
            '\x1a' => ", Ctrl-Z, by which DOS ended texts",
            _ => "",
        };
        return $"the control character U+{((int)control).ToString("X4", CultureInfo.InvariantCulture)}{name}";
    }

    /// <summary>The first character that a reader doesn't see, or null: a control character, or a byte order mark.</summary>
    public static char? Invisible(string text)
    {
        foreach (var c in text)
        {
            if ((char.IsControl(c) && c is not ('\t' or '\r' or '\n')) || c == '\uFEFF')
                return c;
        }
        return null;
    }
}
