using System.Globalization;

namespace Pipeline.Artifacts;

/// <summary>
/// One number of a run, as a claim names it: <c>test_accuracy</c>, <c>epochs_to(train_loss, 0.5)</c>,
/// <c>lead(activation_norm, train_loss, 2)</c>, <c>probe(dead_share, mean, last)</c> or
/// <c>first_to_last(weight_gradient_norm, 0)</c>. Its canonical text is the column
/// of the runs that holds it.
/// </summary>
public abstract record RunMetric
{
    private protected RunMetric() { }

    /// <summary>The canonical text: no space, shortest numbers.</summary>
    public abstract string Text { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    /// <summary>Reads a metric.</summary>
    /// <exception cref="FormatException">
    /// The text is no metric of a run; the message is a sentence, its full stop perhaps left out.
    /// </exception>
    public static RunMetric Parse(string text)
    {
        var call = MetricCall.Parse(text);
        return call.Name switch
        {
            EpochsTo.Form => EpochsTo.Of(call),
            Lead.Form => Lead.Of(call),
            ProbeValue.Form => ProbeValue.Of(call),
            FirstToLast.Form => FirstToLast.Of(call),
            _ => PlainMetric.Of(call),
        };
    }
}

/// <summary>A number that the run's result holds by name, such as <c>test_accuracy</c> or <c>test_top_k(3)</c>.</summary>
/// <param name="Name">The name, canonical.</param>
public sealed record PlainMetric(string Name) : RunMetric
{
    private static readonly string[] OtherNumbers = ["_loss", "_difference", "_range", "_operations"];

    /// <summary>How often a run diverged and went on from a healthy epoch; a diverged run has it too.</summary>
    public const string Restarts = "restarts";

    /// <summary>
    /// Whether it is a share such as an accuracy, of which a diverged run counts as 0, the worst; losses, norms, differences, ranges and
    /// counts have no worst.
    /// </summary>
    public bool IsShare =>
        Name is not (Restarts or ParameterUse.ActivationNorm)
        && !LossScaleMetrics.Contain(Name)
        && !StopMetrics.Contain(Name)
        && !Array.Exists(OtherNumbers, end => Name.Split('(')[0].EndsWith(end, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string Text => Name;

    internal static PlainMetric Of(MetricCall call)
    {
        if (call.Arguments is not null && !call.Name.StartsWith("test_", StringComparison.Ordinal))
        {
            throw new FormatException(
                $"there is no metric of the form '{call.Name}(…)'; "
                    + $"the forms are {EpochsTo.Usage}, {Lead.Usage}, {ProbeValue.Usage}, {FirstToLast.Usage}, "
                    + $"{ClaimMetric.Usages}"
            );
        }
        return new(OperationCall.Parse(call.Text).ToString());
    }
}

/// <summary>
/// The first epoch, from 1, whose value of a curve is at or below a number (a loss) or at or above it (an accuracy); the
/// number of epochs plus 1 where it never is, and for a diverged run.
/// </summary>
/// <param name="Curve">The curve's name, which ends in <c>_loss</c> or <c>_accuracy</c>.</param>
/// <param name="Threshold">The number.</param>
public sealed record EpochsTo(string Curve, double Threshold) : RunMetric
{
    internal const string Form = "epochs_to";
    internal const string Usage = "epochs_to(curve, number)";

    /// <summary>Whether the curve is to fall.</summary>
    public bool IsLoss => Curve.EndsWith("_loss", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string Text => $"{Form}({Curve},{CanonicalJson.Number(Threshold)})";

    internal static EpochsTo Of(MetricCall call)
    {
        var arguments = call.Require(2, Usage);
        if (
            !arguments[0].EndsWith("_loss", StringComparison.Ordinal)
            && !arguments[0].EndsWith("_accuracy", StringComparison.Ordinal)
        )
            throw new FormatException(
                $"'{arguments[0]}' in '{call}' is no curve, such as train_loss or validation_accuracy"
            );
        return
            double.TryParse(arguments[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold)
            && double.IsFinite(threshold)
            ? new(arguments[0], threshold)
            : throw new FormatException($"'{arguments[1]}' in '{call}' is not a number");
    }
}

/// <summary>
/// By how many epochs one curve rises before another: from the first epoch at which the first curve is at least so many times
/// its lowest value in the epochs before, to the first at which the second one is; negative where it rises later. A curve that
/// never does, as one of a diverged run may, counts as rising in the epoch after the last that it has; but where a run came to its
/// end without a rise of the second curve there is no lead.
/// </summary>
/// <param name="First">A curve's name.</param>
/// <param name="Second">Another's.</param>
/// <param name="Factor">How many times, greater than 1.</param>
public sealed record Lead(string First, string Second, double Factor) : RunMetric
{
    internal const string Form = "lead";
    internal const string Usage = "lead(curve, curve, factor)";

    /// <inheritdoc/>
    public override string Text => $"{Form}({First},{Second},{CanonicalJson.Number(Factor)})";

    internal static Lead Of(MetricCall call)
    {
        var arguments = call.Require(3, Usage);
        return
            double.TryParse(arguments[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
            && double.IsFinite(factor)
            && factor > 1
            ? new(call.Identifier(arguments[0]), call.Identifier(arguments[1]), factor)
            : throw new FormatException($"'{arguments[2]}' in '{call}' is not a number greater than 1");
    }
}

/// <summary>What a probe measured in a layer, or over the layers that have it.</summary>
/// <param name="Probe">The probe's name, such as <c>weight_gradient_norm</c>.</param>
/// <param name="Layer">
/// A number from 1, or <c>first</c>, <c>last</c>, <c>mean</c>, <c>min</c> or <c>max</c> of the layers that the probe measures.
/// </param>
/// <param name="Epoch">The epoch, 0 at initialization; null is the run's last, which a diverged run never reaches.</param>
public sealed record ProbeValue(string Probe, string Layer, int? Epoch) : RunMetric
{
    internal const string Form = "probe";
    internal const string Usage = "probe(name, layer, epoch)";

    /// <inheritdoc/>
    public override string Text => $"{Form}({Probe},{Layer},{MetricCall.Epoch(Epoch)})";

    internal static ProbeValue Of(MetricCall call)
    {
        var arguments = call.Require(3, Usage);
        var layer =
            int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number.ToString(CultureInfo.InvariantCulture)
                : arguments[1];
        if (number == 0 && layer is not ("first" or "last" or "mean" or "min" or "max"))
            throw new FormatException(
                $"'{layer}' in '{call}' is no layer, which is a whole number from 1, first, last, mean, min or max"
            );
        return new(call.Identifier(arguments[0]), layer, call.Epoch(arguments[2]));
    }
}

/// <summary>What a probe measured in the first layer that it measures, divided by what it measured in the last.</summary>
/// <param name="Probe">The probe's name.</param>
/// <param name="Epoch">The epoch, as for <see cref="ProbeValue"/>.</param>
public sealed record FirstToLast(string Probe, int? Epoch) : RunMetric
{
    internal const string Form = "first_to_last";
    internal const string Usage = "first_to_last(name, epoch)";

    /// <inheritdoc/>
    public override string Text => $"{Form}({Probe},{MetricCall.Epoch(Epoch)})";

    internal static FirstToLast Of(MetricCall call)
    {
        var arguments = call.Require(2, Usage);
        return new(call.Identifier(arguments[0]), call.Epoch(arguments[1]));
    }
}
