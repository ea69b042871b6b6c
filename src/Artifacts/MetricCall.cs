using System.Globalization;

namespace Pipeline.Artifacts;

/// <summary>A text of the form <c>name</c> or <c>name(argument, …)</c>, whose arguments may be calls themselves.</summary>
/// <param name="Text">The text.</param>
/// <param name="Name">The part before the parenthesis.</param>
/// <param name="Arguments">The arguments, trimmed; null without parentheses.</param>
internal sealed record MetricCall(string Text, string Name, IReadOnlyList<string>? Arguments)
{
    /// <summary>Splits a text.</summary>
    /// <exception cref="FormatException">It is not of this form.</exception>
    public static MetricCall Parse(string text)
    {
        var trimmed = text.Trim();
        var open = trimmed.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? trimmed : trimmed[..open]).Trim();
        if (!IsIdentifier(name) || (open >= 0 && !trimmed.EndsWith(')')))
            throw new FormatException($"'{trimmed}' is not of the form name or name(argument, …)");
        return new(trimmed, name, open < 0 ? null : [.. TopLevel.Split(trimmed[(open + 1)..^1], ',').Select(argument => argument.Trim())]);
    }

    /// <summary>The arguments, which are to be so many.</summary>
    /// <exception cref="FormatException">They are more or fewer.</exception>
    public IReadOnlyList<string> Require(int count, string usage) => Arguments?.Count == count
        ? Arguments
        : throw new FormatException($"'{this}' is not of the form {usage}");

    /// <summary>An argument that is a name.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public string Identifier(string argument) => IsIdentifier(argument) ? argument : throw new FormatException($"'{argument}' in '{this}' is no name");

    /// <summary>An argument that is an epoch: a whole number from 0, or <c>last</c>, which is null.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public int? Epoch(string argument) => argument switch
    {
        "last" => null,
        _ when int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) => epoch,
        _ => throw new FormatException($"'{argument}' in '{this}' is no epoch, which is a whole number from 0 (at initialization) or last"),
    };

    /// <summary>The text of an epoch.</summary>
    public static string Epoch(int? epoch) => epoch?.ToString(CultureInfo.InvariantCulture) ?? "last";

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsIdentifier(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
