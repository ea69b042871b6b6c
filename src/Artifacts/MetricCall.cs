using System.Globalization;

namespace Pipeline.Artifacts;

/// <summary>The text of a metric, split up.</summary>
/// <param name="Text">The text.</param>
/// <param name="Name">As in <see cref="Call"/>.</param>
/// <param name="Arguments">As in <see cref="Call"/>.</param>
internal sealed record MetricCall(string Text, string Name, IReadOnlyList<string>? Arguments)
{
    /// <summary>Splits a text.</summary>
    /// <exception cref="FormatException">It is not of this form.</exception>
    public static MetricCall Parse(string text)
    {
        var trimmed = text.Trim();
        var call =
            Call.ParseNamed(trimmed)
            ?? throw new FormatException($"'{trimmed}' is not of the form name or name(argument, …)");
        return new(trimmed, call.Name, call.Arguments);
    }

    /// <summary>The arguments, which are to be so many.</summary>
    /// <exception cref="FormatException">They are more or fewer.</exception>
    public IReadOnlyList<string> Require(int count, string usage) =>
        Arguments?.Count == count ? Arguments : throw new FormatException($"'{this}' is not of the form {usage}");

    /// <summary>An argument that is a name.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public string Identifier(string argument) =>
        Call.IsName(argument) ? argument : throw new FormatException($"'{argument}' in '{this}' is no name");

    /// <summary>An argument that is an epoch: a whole number from 0, or <c>last</c>, which is null.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public int? Epoch(string argument) =>
        argument switch
        {
            "last" => null,
            _ when int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) => epoch,
            _ => throw new FormatException(
                $"'{argument}' in '{this}' is no epoch, which is a whole number from 0 (at initialization) or last"
            ),
        };

    /// <summary>The text of an epoch.</summary>
    public static string Epoch(int? epoch) => epoch?.ToString(CultureInfo.InvariantCulture) ?? "last";

    /// <inheritdoc/>
    public override string ToString() => Text;
}
