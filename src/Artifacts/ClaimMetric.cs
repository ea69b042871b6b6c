namespace Pipeline.Artifacts;

/// <summary>What a claim compares: a number of a run, or how it changes along an axis.</summary>
/// <param name="Run">The number of a run.</param>
/// <param name="SlopeAxis">
/// The numeric axis over which, for each seed, the least-squares slope of that number is taken; null for the number itself.
/// </param>
/// <param name="IsLog">Whether the slope is that of the number's natural logarithm.</param>
public sealed record ClaimMetric(RunMetric Run, string? SlopeAxis = null, bool IsLog = false)
{
    internal const string SlopeUsage = "slope(metric, axis)";
    internal const string LogSlopeUsage = "log_slope(metric, axis)";

    /// <summary>Reads what <see cref="Claim.Metric"/> holds, or a study has written.</summary>
    /// <exception cref="FormatException">The text is no metric; the message is a sentence, its full stop perhaps left out.</exception>
    public static ClaimMetric Parse(string text)
    {
        var call = MetricCall.Parse(text);
        var isLog = call.Name == "log_slope";
        if (!isLog && call.Name != "slope")
            return new(RunMetric.Parse(text));
        var arguments = call.Require(2, isLog ? LogSlopeUsage : SlopeUsage);
        return arguments[1].Length > 0
            ? new(RunMetric.Parse(arguments[0]), arguments[1], isLog)
            : throw new FormatException($"'{call}' names no axis");
    }

    /// <summary>The canonical text: no space, shortest numbers.</summary>
    public override string ToString() =>
        SlopeAxis is null ? Run.Text : $"{(IsLog ? "log_slope" : "slope")}({Run.Text},{SlopeAxis})";
}
