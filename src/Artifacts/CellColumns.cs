namespace Pipeline.Artifacts;

/// <summary>
/// The columns of <c>cells.csv</c>, a row a cell in the order of the plan: a column a scientific axis; for each
/// nuisance axis the chosen value and, as <c>&lt;axis&gt;_at_edge</c>, whether it is an end of the axis; <c>runs</c>,
/// <c>diverged</c>; for each metric the mean and, as <c>&lt;metric&gt;_low</c> and <c>&lt;metric&gt;_high</c>, its 95 %
/// interval, <c>NaN</c> where there is none.
/// </summary>
public static class CellColumns
{
    /// <summary>The number of runs at the chosen values.</summary>
    public const string Runs = "runs";

    /// <summary>How many of them diverged.</summary>
    public const string Diverged = "diverged";

    /// <summary>Whether the chosen value is an end of its axis.</summary>
    public static string AtEdge(string axis) => axis + "_at_edge";

    /// <summary>The lower end of a metric's interval.</summary>
    public static string Low(string metric) => metric + "_low";

    /// <summary>The upper end of a metric's interval.</summary>
    public static string High(string metric) => metric + "_high";

    /// <summary>The columns of a metric.</summary>
    public static string[] Of(string metric) => [metric, Low(metric), High(metric)];
}
