namespace Pipeline.Artifacts;

/// <summary>What a claim compares: a number of a run, or how it changes along an axis.</summary>
/// <param name="Run">The number of a run.</param>
/// <param name="Axis">
/// The axis over which, for each seed, the least-squares slope of that number is taken, or its change from one value to another; null for
/// the number itself.
/// </param>
/// <param name="IsLog">Whether the slope is that of the number's natural logarithm.</param>
/// <param name="IsLogAxis">
/// Whether it is over the logarithm of the axis as well, which is the exponent k of a power law, number ∝ axisᵏ.
/// </param>
/// <param name="Change">The two values of the axis, of any type, from and to which the number changes; null for a slope.</param>
public sealed record ClaimMetric(
    RunMetric Run,
    string? Axis = null,
    bool IsLog = false,
    bool IsLogAxis = false,
    (string From, string To)? Change = null
)
{
    internal const string Usages =
        $"slope(metric, axis), log_slope(metric, axis), log_log_slope(metric, axis) and {ChangeUsage}";

    private const string ChangeForm = "change";
    private const string ChangeUsage = $"{ChangeForm}(metric, axis, from, to)";

    private const string Slope = "slope";
    private const string LogSlope = "log_slope";
    private const string LogLogSlope = "log_log_slope";

    /// <summary>Reads what <see cref="Claim.Metric"/> holds, or a study has written.</summary>
    /// <exception cref="FormatException">The text is no metric; the message is a sentence, its full stop perhaps left out.</exception>
    public static ClaimMetric Parse(string text)
    {
        var call = MetricCall.Parse(text);
        if (call.Name == ChangeForm)
            return ChangeOf(call);
        if (call.Name is not (Slope or LogSlope or LogLogSlope))
            return new(RunMetric.Parse(text));
        var arguments = call.Require(2, $"{call.Name}(metric, axis)");
        return arguments[1].Length > 0
            ? new(RunMetric.Parse(arguments[0]), arguments[1], call.Name != Slope, call.Name == LogLogSlope)
            : throw new FormatException($"'{call}' names no axis");
    }

    /// <summary>The canonical text: no space, shortest numbers.</summary>
    public override string ToString() =>
        Axis is null ? Run.Text
        : Change is { } change ? $"{ChangeForm}({Run.Text},{Axis},{change.From},{change.To})"
        : $"{Name}({Run.Text},{Axis})";

    private static ClaimMetric ChangeOf(MetricCall call)
    {
        var arguments = call.Require(4, ChangeUsage);
        return arguments.Contains("", StringComparer.Ordinal) || arguments[2] == arguments[3]
            ? throw new FormatException($"'{call}' names no axis with two different values")
            : new(RunMetric.Parse(arguments[0]), arguments[1], Change: (arguments[2], arguments[3]));
    }

    private string Name =>
        IsLogAxis ? LogLogSlope
        : IsLog ? LogSlope
        : Slope;
}
