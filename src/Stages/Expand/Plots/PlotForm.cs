using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand.Plots;

/// <summary>How a kind of plot is written.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Arguments">What its arguments are, in order.</param>
/// <param name="Options">The keys that may follow them.</param>
internal sealed record PlotForm(PlotKind Kind, IReadOnlyList<string> Arguments, IReadOnlyList<string> Options)
{
    public const string By = "by";
    public const string Metric = "metric";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<PlotForm> All { get; } =
    [
        new(PlotKind.Heatmap, ["rows", "columns"], [By, Metric]),
        new(PlotKind.Curves, ["curve"], [By]),
        new(PlotKind.Bars, ["axis"], [By, Metric]),
        new(PlotKind.Layers, ["probe"], []),
        new(PlotKind.Trajectory, [], []),
    ];

    /// <summary>The kind's name.</summary>
    public string Name => EnumText.Name(Kind);

    /// <summary>The form as a sentence shows it: <c>heatmap(rows, columns, by: …, metric: …)</c>.</summary>
    public string Usage
    {
        get
        {
            var all = string.Join(", ", Arguments.Concat(Options.Select(option => $"{option}: …")));
            return all.Length == 0 ? Name : $"{Name}({all})";
        }
    }
}
