namespace Pipeline.Stages.Expand.Yaml;

/// <summary>How messages quote what a user wrote: on one line and not too long.</summary>
internal static class Quotation
{
    private const int MaxLength = 60;

    /// <summary>The text in single quotes.</summary>
    public static string Of(string text) => $"'{Cut(text)}'";

    /// <summary>The text, its end left out where it is long, with a space for each control character.</summary>
    public static string Cut(string text)
    {
        var cut = text.Length <= MaxLength ? text : text[..MaxLength] + "…";
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
    }

    /// <summary>The end of a sentence about a key that is not known: the nearest one that is, or what to do where the key is the rest of a call.</summary>
    public static string KeyHint(string key, IReadOnlyCollection<string> known) =>
        key.EndsWith(')') ? "; a call such as log(0.001, 1) stands on one line" : Nearest.Hint(key, known);
}
