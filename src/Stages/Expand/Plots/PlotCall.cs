using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Plots;

/// <summary>The text of a plot, split up: <c>name</c> or <c>name(argument, …, key: value, …)</c>.</summary>
internal sealed record PlotCall(Place Place, string Text, string Name, IReadOnlyList<string> Arguments, IReadOnlyList<(string Key, string Value)> Options)
{
    /// <summary>Splits a text.</summary>
    /// <exception cref="StudyException">It is not of this form.</exception>
    public static PlotCall Parse(string text, Place place)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? text : text[..open]).Trim();
        if (Parentheses.Fault(text) is { } fault)
            throw new StudyException(place, fault);
        if (name.Length == 0 || (open >= 0 && !text.EndsWith(')')))
            throw new StudyException(place, $"{Quotation.Of(text)} is not of the form name(argument, …)");
        var inner = open < 0 ? "" : text[(open + 1)..^1];
        var parts = string.IsNullOrWhiteSpace(inner) ? [] : TopLevel.Split(inner, ',').Select(part => TopLevel.Split(part, ':')).ToArray();
        return new(
            place,
            text,
            name,
            [.. parts.Where(part => part.Count == 1).Select(part => part[0].Trim())],
            [.. parts.Where(part => part.Count > 1).Select(part => (part[0].Trim(), string.Join(':', part.Skip(1)).Trim()))]);
    }

    /// <summary>The value of an option, or null.</summary>
    public string? Option(string key) => Options.FirstOrDefault(option => option.Key == key).Value;

    /// <summary>What to throw where a sentence is about this call.</summary>
    public StudyException Wrong(string sentence) => new(Place, sentence);
}
