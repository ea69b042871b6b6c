using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Claims;

/// <summary>Reads what a claim compares, or a plot shows.</summary>
internal static class MetricReader
{
    private const string OfTest = "test_";

    // By the parameter that asks for them.
    private static readonly (string Key, string[] Curves)[] OnDemand =
    [
        (ParameterUse.ActivationNorm, [ParameterUse.ActivationNorm]),
        (ParameterUse.EpochEnd, ["epoch_end_accuracy", "epoch_end_loss"]),
    ];

    private static readonly string[] Curves =
    [
        "train_accuracy",
        "train_loss",
        "validation_accuracy",
        "validation_loss",
    ];

    /// <summary>Reads a metric in canonical form.</summary>
    /// <exception cref="StudyException">The node is no metric, or none that the study's runs have.</exception>
    public static ClaimMetric Read(Node node, Settings settings, Vocabulary vocabulary)
    {
        if (node is not ScalarNode { Value.IsText: true, Text: var text })
            throw ParameterType.Unexpected(
                ClaimKeys.Metric,
                "a number of a run, such as test_accuracy, or its slope or change over an axis",
                node
            );
        var metric = Parse(text, node.Place);
        metric = OverAxis(metric, node.Place, settings, vocabulary);
        if (metric.Run is ProbeValue or FirstToLast && !HasProbes(settings, node.Place))
            throw new StudyException(
                node.Place,
                $"{Quotation.Of(text)} is what a probe measures, and the study has none; add {StudyKeys.Probes}"
            );
        return metric with { Run = Known(metric.Run, node.Place, settings, vocabulary) };
    }

    /// <summary>Reads a number of a run, which is a metric without a slope.</summary>
    /// <exception cref="StudyException">The text is no such metric, or none that the study's runs have.</exception>
    public static RunMetric ReadRun(string text, Place place, Settings settings, Vocabulary vocabulary)
    {
        var metric = Parse(text, place);
        return metric.Axis is null
            ? Known(metric.Run, place, settings, vocabulary)
            : throw new StudyException(
                place,
                $"{Quotation.Of(text)} is made of several cells; name the number of a run, such as {metric.Run}"
            );
    }

    /// <summary>Whether some runs have probes.</summary>
    public static bool HasProbes(Settings settings, Place place) =>
        settings.Find(StudyKeys.Probes, place).Values.Any(value => value != Scalar.Of(CallChain.None));

    /// <summary>Makes sure that runs have a curve.</summary>
    /// <exception cref="StudyException">They don't.</exception>
    public static void CheckCurve(string name, Place place, Settings settings)
    {
        var known = CurvesOf(settings, place);
        if (
            !known.Contains(name, StringComparer.Ordinal)
            && OnDemand.FirstOrDefault(more => more.Curves.Contains(name, StringComparer.Ordinal)).Key is { } missing
        )
            throw new StudyException(place, $"the runs don't measure {name}; add {missing}: true");
        if (LossScaleMetrics.Contain(name) && !HasLossScale(settings, place))
            throw NoLossScale(name, place);
        if (!known.Contains(name, StringComparer.Ordinal))
            throw new StudyException(place, $"a run has no curve {Quotation.Of(name)}{Nearest.Hint(name, known)}");
    }

    /// <summary>Whether runs have a curve of a name.</summary>
    public static bool HasCurve(string name, Place place, Settings settings) =>
        CurvesOf(settings, place).Contains(name, StringComparer.Ordinal);

    private static string[] CurvesOf(Settings settings, Place place) =>
        [
            .. Curves,
            .. OnDemand
                .Where(more => settings.Find(more.Key, place).Values.Contains(Scalar.Of(true)))
                .SelectMany(more => more.Curves),
            .. HasLossScale(settings, place) ? [LossScaleMetrics.Scale] : Array.Empty<string>(),
        ];

    private static bool MayStop(Settings settings, Place place) =>
        settings.Find(ParameterUse.StopCurve, place).Values.Any(value => value != Scalar.Of(CallChain.None));

    private static bool HasLossScale(Settings settings, Place place) =>
        settings.Find(ParameterUse.Storage, place).Values.Any(value => value != Scalar.Of(ParameterUse.FullStorage));

    private static StudyException NoLossScale(string metric, Place place) =>
        new(place, $"the runs have no {metric}, since their {ParameterUse.Storage} is {ParameterUse.FullStorage}");

    private static ClaimMetric Parse(string text, Place place)
    {
        try
        {
            return ClaimMetric.Parse(text);
        }
        catch (FormatException e)
        {
            throw new StudyException(place, e.Message.TrimEnd('.'), e);
        }
    }

    private static ClaimMetric OverAxis(ClaimMetric metric, Place place, Settings settings, Vocabulary vocabulary)
    {
        if (metric.Axis is not { } key)
            return metric;
        var setting = settings.Find(key, place);
        if (setting.Section != Section.Scientific)
            throw new StudyException(
                place,
                $"a {(metric.Change is null ? "slope" : "change")} is over a scientific axis, which {key} is not"
            );
        if (metric.Change is { } change)
        {
            var (from, to) = (ValueOf(change.From), ValueOf(change.To));
            return from != to
                ? metric with
                {
                    Change = (from, to),
                }
                : throw new StudyException(place, $"{metric} is from a value of {key} to the same one, {from}");
        }
        // Any two points lie on a power law.
        var (fewest, above, needed) = metric.IsLogAxis
            ? (3, 0, "a log_log_slope is over an axis of three or more numbers above 0")
            : (2, double.NegativeInfinity, "a slope is over an axis of two or more numbers");
        if (setting.Values.Count < fewest || !setting.Values.All(value => value.IsNumber && value.ToDouble() > above))
            throw new StudyException(place, $"{needed}, but {key} is {string.Join(", ", setting.Values)}");
        return metric;

        string ValueOf(string text) => setting.ReadOccurring(new ScalarNode(place, text), vocabulary).ToString();
    }

    private static RunMetric Known(RunMetric metric, Place place, Settings settings, Vocabulary vocabulary)
    {
        if (metric is EpochsTo { Curve: var curve })
            CheckCurve(curve, place, settings);
        if (metric is Lead lead)
        {
            CheckCurve(lead.First, place, settings);
            CheckCurve(lead.Second, place, settings);
        }
        if (metric is ProbeValue value)
        {
            CheckMeasured(value.Probe, place, settings, vocabulary);
            CheckEpoch(metric, value.Epoch, place, settings);
        }
        if (metric is FirstToLast ratio)
        {
            CheckMeasured(ratio.Probe, place, settings, vocabulary);
            CheckEpoch(metric, ratio.Epoch, place, settings);
        }
        return metric is PlainMetric plain ? Known(plain, place, settings, vocabulary) : metric;
    }

    /// <summary>Makes sure that some run's probes measure a number, where there are probes.</summary>
    /// <exception cref="StudyException">None does.</exception>
    public static void CheckMeasured(string name, Place place, Settings settings, Vocabulary vocabulary)
    {
        string[] measured =
        [
            .. settings
                .Find(StudyKeys.Probes, place)
                .Values.Select(chain => chain.ToString())
                .Where(chain => chain != CallChain.None)
                .SelectMany(CallChain.Parse)
                .SelectMany(vocabulary.Measured)
                .Distinct(StringComparer.Ordinal),
        ];
        if (measured.Length > 0 && !measured.Contains(name, StringComparer.Ordinal))
            throw new StudyException(
                place,
                $"the study's probes measure no {Quotation.Of(name)}{Nearest.Hint(name, measured)}"
            );
    }

    private static void CheckEpoch(RunMetric metric, int? epoch, Place place, Settings settings)
    {
        // A run that may end early may have any last epoch.
        if (!HasProbes(settings, place) || (epoch is null && MayStop(settings, place)))
            return;
        long[] lasts = [.. settings.Find("epochs", place).Values.Select(value => value.ToInt64())];
        var moments = settings.Find("probe_epochs", place).Values.Select(value => value.ToString());
        if (!moments.Any(text => Array.Exists(lasts, last => IsMeasured(epoch ?? last, text, last))))
            throw new StudyException(
                place,
                $"{Quotation.Of(metric.Text)} is of epoch {epoch?.ToString(CultureInfo.InvariantCulture) ?? string.Join(" or ", lasts)}, "
                    + "after which nothing is measured; add it to probe_epochs"
            );
    }

    private static bool IsMeasured(long epoch, string moments, long last) =>
        epoch <= last
        && (
            moments == Epochs.All
            || moments.Split(',').Contains(epoch.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal)
        );

    private static PlainMetric Known(PlainMetric metric, Place place, Settings settings, Vocabulary vocabulary)
    {
        var measured = settings
            .Find(RunParameters.Metrics, place)
            .Values.SelectMany(chain => CallChain.Split(chain.ToString()))
            .Where(call => call != CallChain.None)
            .Select(call => OfTest + call);
        string[] known =
        [
            .. CurvesOf(settings, place),
            "test_accuracy",
            "test_loss",
            .. HasLossScale(settings, place) ? [LossScaleMetrics.Skipped] : Array.Empty<string>(),
            .. measured.Distinct(StringComparer.Ordinal),
            .. settings.Find(ParameterUse.Restart, place).Values.Contains(Scalar.Of(ParameterUse.FromLastHealthy))
                ? [PlainMetric.Restarts]
                : Array.Empty<string>(),
            .. MayStop(settings, place) ? [StopMetrics.BestEpoch, StopMetrics.EpochsTrained] : Array.Empty<string>(),
        ];
        if (known.Contains(metric.Name, StringComparer.Ordinal))
            return metric;
        if (LossScaleMetrics.Contain(metric.Name))
            throw NoLossScale(metric.Name, place);
        var catalogue = vocabulary.Kind("metric");
        var call = OperationCall.Parse(metric.Name);
        if (
            !call.Name.StartsWith(OfTest, StringComparison.Ordinal)
            || !catalogue.Names.Contains(call.Name[OfTest.Length..], StringComparer.Ordinal)
        )
            throw new StudyException(
                place,
                $"a run has no metric {Quotation.Of(metric.Name)}{Nearest.Hint(metric.Name, known)}"
            );
        var canonical = Operation.Canonical(metric.Name[OfTest.Length..], place, catalogue);
        return known.Contains(OfTest + canonical, StringComparer.Ordinal)
            ? new(OfTest + canonical)
            : throw new StudyException(place, $"the runs don't measure {canonical}; add it to {RunParameters.Metrics}");
    }
}
