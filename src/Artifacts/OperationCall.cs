using System.Globalization;

namespace Pipeline.Artifacts;

/// <summary>
/// The text by which a study names an operation of a catalogue: <c>relu</c>, <c>normal(0.01)</c>, <c>scale_to_range(0, 1)</c>, <c>two-spirals(500)</c>.
/// </summary>
/// <param name="Name">The operation's name: letters, digits, underscores and hyphens.</param>
/// <param name="Arguments">Its arguments, in order; those left out take their defaults.</param>
public sealed record OperationCall(string Name, IReadOnlyList<double> Arguments)
{
    /// <summary>Reads a call.</summary>
    /// <exception cref="FormatException">The text is not a name, optionally followed by numbers in parentheses.</exception>
    public static OperationCall Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? text : text[..open]).Trim();
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') || (open >= 0 && !text.TrimEnd().EndsWith(')')))
            throw new FormatException($"'{text}' is not of the form name or name(number, …).");
        if (open < 0)
            return new(name, []);
        var inner = text.TrimEnd()[(open + 1)..^1];
        if (string.IsNullOrWhiteSpace(inner))
            return new(name, []);
        return new(name, Array.ConvertAll(inner.Split(','), Argument));

        double Argument(string part) =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : throw new FormatException($"'{part.Trim()}' in '{text}' is not a number.");
    }

    /// <summary>The canonical text: no space, shortest numbers, no empty parentheses.</summary>
    public override string ToString() => Arguments.Count == 0
        ? Name
        : $"{Name}({string.Join(',', Arguments.Select(CanonicalJson.Number))})";
}
