using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Plots;

/// <summary>The text of a plot, split up: <c>name</c> or <c>name(argument, …, key: value, …)</c>.</summary>
internal sealed record PlotCall(
    Place Place,
    string Text,
    string Name,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<(string Key, string Value)> Options
)
{
    /// <summary>Splits a text.</summary>
    /// <exception cref="StudyException">It is not of this form.</exception>
    public static PlotCall Parse(string text, Place place)
    {
        if (Parentheses.Fault(text) is { } fault)
            throw new StudyException(place, fault);
        var call =
            Call.Parse(text)
            ?? throw new StudyException(place, $"{Quotation.Of(text)} is not of the form name(argument, …)");
        var parts = (call.Arguments ?? []).Select(argument => TopLevel.Split(argument, ':')).ToArray();
        return new(
            place,
            text,
            call.Name,
            [.. parts.Where(part => part.Count == 1).Select(part => part[0].Trim())],
            [
                .. parts
                    .Where(part => part.Count > 1)
                    .Select(part => (part[0].Trim(), string.Join(':', part.Skip(1)).Trim())),
            ]
        );
    }

    /// <summary>The value of an option, or null.</summary>
    public string? Option(string key) => Options.FirstOrDefault(option => option.Key == key).Value;

    /// <summary>What to throw where a sentence is about this call.</summary>
    public StudyException Wrong(string sentence) => new(Place, sentence);
}
