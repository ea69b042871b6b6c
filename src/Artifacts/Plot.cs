namespace Pipeline.Artifacts;

/// <summary>A picture that a study asks for.</summary>
public sealed record Plot
{
    /// <summary>The metric of a heat map or of bars that name none.</summary>
    public const string DefaultMetric = "test_accuracy";

    /// <summary>The kind of picture.</summary>
    public required PlotKind Kind { get; init; }

    /// <summary>What it shows, as many names as its <see cref="PlotKind"/> says.</summary>
    public required IReadOnlyList<string> Subject { get; init; }

    /// <summary>The scientific axis with a panel for each of its values; null for the study's own order.</summary>
    public string? By { get; init; }

    /// <summary>Of a heat map or bars the canonical text of a <see cref="RunMetric"/>; null for <see cref="DefaultMetric"/>.</summary>
    public string? Metric { get; init; }

    /// <summary>The plot as a study writes it: <c>heatmap(activation, initialization, by: normalization)</c>.</summary>
    public override string ToString()
    {
        string[] arguments =
        [
            .. Subject,
            .. By is null ? [] : new[] { $"by: {By}" },
            .. Metric is null ? [] : new[] { $"metric: {Metric}" },
        ];
        var name = EnumText.Name(Kind);
        return arguments.Length == 0 ? name : $"{name}({string.Join(", ", arguments)})";
    }
}

/// <summary>What a study's page can show.</summary>
public enum PlotKind
{
    /// <summary>
    /// A metric of cells as colours. Its subject is two scientific axes, the one that runs down,
    /// then the one that runs across.
    /// </summary>
    Heatmap,

    /// <summary>Learning curves. Its subject is a curve's name, such as <c>train_loss</c>.</summary>
    Curves,

    /// <summary>A metric of cells with its intervals, cell by cell. Its subject is the scientific axis by which they are sorted.</summary>
    Bars,

    /// <summary>
    /// What was measured in each layer. Its subject is the name of a probe's number, such as
    /// <c>weight_gradient_norm</c>.
    /// </summary>
    Layers,

    /// <summary>The way of two weights during training. It has no subject.</summary>
    Trajectory,
}
