namespace Pipeline.Artifacts;

/// <summary>What a claim compares: a number of a run, or how it changes along an axis.</summary>
/// <param name="Run">The number of a run.</param>
/// <param name="SlopeAxis">
/// The numeric axis over which, for each seed, the least-squares slope of that number is taken; null for the number itself.
/// </param>
/// <param name="IsLog">Whether the slope is that of the number's natural logarithm.</param>
/// <param name="IsLogAxis">
/// Whether it is over the logarithm of the axis as well, which is the exponent k of a power law, number ∝ axisᵏ.
/// </param>
public sealed record ClaimMetric(RunMetric Run, string? SlopeAxis = null, bool IsLog = false, bool IsLogAxis = false)
{
    internal const string Usages = "slope(metric, axis), log_slope(metric, axis) and log_log_slope(metric, axis)";

    private const string Slope = "slope";
    private const string LogSlope = "log_slope";
    private const string LogLogSlope = "log_log_slope";

    /// <summary>Reads what <see cref="Claim.Metric"/> holds, or a study has written.</summary>
    /// <exception cref="FormatException">The text is no metric; the message is a sentence, its full stop perhaps left out.</exception>
    public static ClaimMetric Parse(string text)
    {
        var call = MetricCall.Parse(text);
        if (call.Name is not (Slope or LogSlope or LogLogSlope))
            return new(RunMetric.Parse(text));
        var arguments = call.Require(2, $"{call.Name}(metric, axis)");
        return arguments[1].Length > 0
            ? new(RunMetric.Parse(arguments[0]), arguments[1], call.Name != Slope, call.Name == LogLogSlope)
            : throw new FormatException($"'{call}' names no axis");
    }

    /// <summary>The canonical text: no space, shortest numbers.</summary>
    public override string ToString() => SlopeAxis is null ? Run.Text : $"{Name}({Run.Text},{SlopeAxis})";

    private string Name =>
        IsLogAxis ? LogLogSlope
        : IsLog ? LogSlope
        : Slope;
}
