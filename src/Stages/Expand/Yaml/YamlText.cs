namespace Pipeline.Stages.Expand.Yaml;

/// <summary>Writes a text as a value of YAML.</summary>
internal static class YamlText
{
    // What some reader of YAML takes for something else.
    private static readonly string[] Words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "best"];

    /// <summary>The text as it stands where every reader sees the same, else in double quotes.</summary>
    public static string Of(string text) =>
        IsPlain(text)
            ? text
            : $"\"{text
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\r", "\\r", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static bool IsPlain(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or '.' or '(' or ')')
        && !Words.Contains(text, StringComparer.OrdinalIgnoreCase);
}
