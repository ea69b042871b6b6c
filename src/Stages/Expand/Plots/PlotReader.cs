using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Claims;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Plots;

/// <summary>Reads the plots of a study as it is written, before the command line changes it.</summary>
internal sealed class PlotReader
{
    private const int MaxPlots = 40;

    private readonly Settings settings;
    private readonly Vocabulary vocabulary;
    private readonly string[] axes;

    private PlotReader(Settings settings, Vocabulary vocabulary)
    {
        (this.settings, this.vocabulary) = (settings, vocabulary);
        axes = [.. settings.Scientific.Select(axis => axis.Key)];
    }

    /// <summary>Those of a study's plots that fit other parameters than it was written with; null where the study has none.</summary>
    public static IReadOnlyList<Plot>? ReadFitting(StudyDocument document, Settings settings, Vocabulary vocabulary)
    {
        var reader = new PlotReader(settings, vocabulary);
        var node = document.Find(StudyKeys.Plots);
        var plots = Fitting.Items(node, reader.Read);
        // Where none fits the report chooses, as it does for a study that asks for nothing.
        return plots is { Count: 0 } && node is ListNode { Items.Count: > 0 } ? null : plots;
    }

    /// <summary>Reads the list of plots; null where the study has none.</summary>
    /// <exception cref="StudyException">A plot is malformed, or shows what the study doesn't have.</exception>
    public static IReadOnlyList<Plot>? ReadAll(StudyDocument document, Settings settings, Vocabulary vocabulary)
    {
        if (document.Find(StudyKeys.Plots) is not { } node)
            return null;
        if (node is not ListNode list)
            throw ParameterType.Unexpected(
                StudyKeys.Plots,
                "a list of plots, such as [heatmap(activation, initialization), curves(train_loss)]",
                node
            );
        if (list.Items.Count > MaxPlots)
            throw new StudyException(list.Items[MaxPlots].Place, $"a study shows at most {MaxPlots} plots");
        var reader = new PlotReader(settings, vocabulary);
        var plots = new List<Plot>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            plots.Add(reader.Read(item));
            if (!lines.TryAdd(plots[^1].ToString(), item.Place.Line))
                throw new StudyException(
                    item.Place,
                    $"{plots[^1]} stands twice; it is in line {lines[plots[^1].ToString()]} already"
                );
        }
        return plots;
    }

    private Plot Read(Node node)
    {
        if (StudyTexts.Line(node) is not { } text)
            throw ParameterType.Unexpected("a plot", "a text such as heatmap(activation, initialization)", node);
        var call = PlotCall.Parse(text, node.Place);
        string[] names = [.. PlotForm.All.Select(form => form.Name)];
        var form =
            PlotForm.All.FirstOrDefault(form => form.Name == call.Name)
            ?? throw call.Wrong($"there is no plot {Quotation.Of(call.Name)}{Nearest.Hint(call.Name, names)}");
        CheckForm(call, form);
        return Checked(call, form.Kind) switch
        {
            { Metric: Plot.DefaultMetric } plot => plot with { Metric = null },
            var plot => plot,
        };
    }

    private static void CheckForm(PlotCall call, PlotForm form)
    {
        if (call.Arguments.Count != form.Arguments.Count || call.Arguments.Any(argument => argument.Length == 0))
            throw call.Wrong($"{Quotation.Of(call.Text)} is not of the form {form.Usage}");
        foreach (var (key, value) in call.Options)
        {
            if (!form.Options.Contains(key, StringComparer.Ordinal))
                throw call.Wrong($"{form.Name} has no argument {Quotation.Of(key)}{Nearest.Hint(key, form.Options)}");
            if (value.Length == 0)
                throw call.Wrong($"{Quotation.Of(call.Text)} gives no {key}");
            if (call.Options.Count(option => option.Key == key) > 1)
                throw call.Wrong($"{Quotation.Of(call.Text)} gives {key} twice");
        }
    }

    private Plot Checked(PlotCall call, PlotKind kind)
    {
        var plot = new Plot
        {
            Kind = kind,
            Subject = call.Arguments,
            By = call.Option(PlotForm.By),
            Metric = call.Option(PlotForm.Metric),
        };
        CheckAxes(
            call,
            [
                .. kind is PlotKind.Heatmap or PlotKind.Bars ? call.Arguments : [],
                .. plot.By is null ? [] : new[] { plot.By },
            ]
        );
        switch (kind)
        {
            case PlotKind.Heatmap or PlotKind.Bars when plot.Metric is not null:
                return plot with { Metric = Metric(plot.Metric, call) };
            case PlotKind.Curves:
                MetricReader.CheckCurve(plot.Subject[0], call.Place, settings);
                return plot;
            case PlotKind.Layers:
                CheckProbe(plot.Subject[0], call);
                return plot;
            case PlotKind.Trajectory:
                RequireProbes(call);
                return plot;
            default:
                return plot;
        }
    }

    private void CheckAxes(PlotCall call, string[] keys)
    {
        foreach (var (i, key) in keys.Index())
        {
            if (!axes.Contains(key, StringComparer.Ordinal))
            {
                var remedy = Nearest.Hint(key, axes);
                throw call.Wrong(
                    RunParameters.Find(key) is null ? $"the study has no axis {Quotation.Of(key)}{remedy}"
                    : settings.Find(key, call.Place).Section == Section.Nuisance
                        ? $"{key} is tuned for each cell on validation data, and the axes of a plot are scientific{remedy}"
                    : $"{key} is no axis but fixed at {settings.Find(key, call.Place).Values[0]}{remedy}"
                );
            }
            if (Array.IndexOf(keys, key) < i)
                throw call.Wrong($"{Quotation.Of(call.Text)} names the axis {key} twice");
        }
    }

    private string Metric(string text, PlotCall call)
    {
        var metric = MetricReader.ReadRun(text, call.Place, settings, vocabulary);
        if (metric is ProbeValue or FirstToLast)
            RequireProbes(call);
        return metric.Text;
    }

    private void CheckProbe(string name, PlotCall call)
    {
        RequireProbes(call);
        if (vocabulary.Kind("probe").Names.Contains(name, StringComparer.Ordinal))
            throw call.Wrong(
                $"{name} is a probe; layers takes the name of a number that it measures, as layers.csv has it"
            );
        MetricReader.CheckMeasured(name, call.Place, settings, vocabulary);
    }

    private void RequireProbes(PlotCall call)
    {
        if (!MetricReader.HasProbes(settings, call.Place))
            throw call.Wrong(
                $"{Quotation.Of(call.Text)} shows what probes measure, and the study has none; add {StudyKeys.Probes}"
            );
    }
}
