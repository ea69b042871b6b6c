using System.Globalization;

namespace Pipeline.Artifacts;

/// <summary>
/// The text by which a study names an operation of a catalogue: <c>relu</c>, <c>normal(0.01)</c>,
/// <c>scale_to_range(0, 1)</c>, <c>two-spirals(500)</c>.
/// </summary>
/// <param name="Name">The operation's name: letters, digits, underscores and hyphens.</param>
/// <param name="Arguments">Its arguments, in order; those left out take their defaults.</param>
public sealed record OperationCall(string Name, IReadOnlyList<double> Arguments)
{
    /// <summary>Reads a call.</summary>
    /// <exception cref="FormatException">The text is not a name, optionally followed by numbers in parentheses.</exception>
    public static OperationCall Parse(string text)
    {
        var call =
            Call.ParseNamed(text) ?? throw new FormatException($"'{text}' is not of the form name or name(number, …).");
        return new(call.Name, [.. (call.Arguments ?? []).Select(Number)]);

        double Number(string argument) =>
            double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
                ? value
                : throw new FormatException($"'{argument}' in '{text}' is not a number.");
    }

    /// <summary>The canonical text: no space, shortest numbers, no empty parentheses.</summary>
    public override string ToString() =>
        Arguments.Count == 0 ? Name : $"{Name}({string.Join(',', Arguments.Select(CanonicalJson.Number))})";
}
