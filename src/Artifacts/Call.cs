namespace Pipeline.Artifacts;

/// <summary>A text of the form <c>name</c> or <c>name(argument, …)</c>, whose arguments may be calls themselves.</summary>
/// <param name="Name">The part before the parenthesis, trimmed; not empty.</param>
/// <param name="Arguments">The arguments, trimmed: none where nothing stands in the parentheses, null where there are none.</param>
public sealed record Call(string Name, IReadOnlyList<string>? Arguments)
{
    /// <summary>Splits a text; null where it is not of this form.</summary>
    public static Call? Parse(string text)
    {
        var trimmed = text.Trim();
        var open = trimmed.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? trimmed : trimmed[..open].TrimEnd();
        if (name.Length == 0 || (open >= 0 && !trimmed.EndsWith(')')))
            return null;
        if (open < 0)
            return new(name, null);
        var inner = trimmed[(open + 1)..^1];
        return new(
            name,
            string.IsNullOrWhiteSpace(inner) ? [] : [.. TopLevel.Split(inner, ',').Select(argument => argument.Trim())]
        );
    }

    /// <summary>Splits a text whose name is one; null where it is not of this form.</summary>
    public static Call? ParseNamed(string text) => Parse(text) is { } call && IsName(call.Name) ? call : null;

    /// <summary>Whether a text is the name of an operation or a number: letters, digits, underscores and hyphens.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
