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
}
