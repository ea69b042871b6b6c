using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Artifacts;

namespace Pipeline.Benchmarks;

/// <summary>What an engine reports of a training, on a line such as <c>seconds=0.1984 loss=0.0123</c>.</summary>
/// <param name="Seconds">The time of the training steps.</param>
/// <param name="Loss">The mean loss of the last epoch's batches.</param>
internal readonly partial record struct Measurement(double Seconds, double Loss)
{
    /// <summary>Reads the line.</summary>
    /// <exception cref="PipelineException">It is of another form.</exception>
    public static Measurement Parse(string line) =>
        Form().Match(line) is { Success: true } match
            ? new(Number(match.Groups["seconds"]), Number(match.Groups["loss"]))
            : throw new PipelineException($"An engine was to print seconds=… loss=…, but printed '{line}'.");

    /// <inheritdoc/>
    public override string ToString() => $"seconds={Seconds} loss={Loss}";

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^seconds=(?<seconds>[^ ]+) loss=(?<loss>[^ ]+)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
