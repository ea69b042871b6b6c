using System.Globalization;

namespace Pipeline.Networks.Descriptions;

/// <summary>The name of a catalogue's operation with its arguments: <c>relu</c>, <c>leaky_relu(0.2)</c>, <c>sgd(0.9)</c>.</summary>
/// <param name="Name">The operation's name, in snake_case.</param>
/// <param name="Arguments">Its arguments, in order; those left out take their defaults.</param>
public sealed record Operation(string Name, IReadOnlyList<double> Arguments)
{
    /// <summary>An operation with all arguments at their defaults, or with those given.</summary>
    public static Operation Of(string name, params double[] arguments) => new(name, arguments);

    /// <summary>The arguments as the catalogues take them.</summary>
    internal double[] ArgumentArray => [.. Arguments];

    /// <inheritdoc/>
    public bool Equals(Operation? other) =>
        other is not null && Name == other.Name && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The call as it is written in a study: <c>name</c> or <c>name(0.1,2)</c>.</summary>
    public override string ToString() =>
        Arguments.Count == 0
            ? Name
            : $"{Name}({string.Join(',', Arguments.Select(a => a.ToString("R", CultureInfo.InvariantCulture)))})";
}
