namespace Pipeline.Stages.Report;

/// <summary>
/// What the page shows for a plot that a study asks for: the picture, a sentence behind it, or only a
/// sentence that says why there is none.
/// </summary>
/// <param name="Figure">The picture, or null.</param>
/// <param name="Sentence">The sentence in Markdown, or an empty text.</param>
internal sealed record ShownPlot(Figure? Figure, string Sentence = "")
{
    /// <summary>That there is no picture.</summary>
    /// <param name="plot">The plot as the study writes it.</param>
    /// <param name="reason">Why, the rest of a sentence in Markdown, without its full stop.</param>
    public static ShownPlot None(string plot, string reason) => new(null, $"{Report.Markdown.Code(plot)}: {reason}.");

    /// <summary>The most panels of a picture; with more of them it tells less than tables do.</summary>
    public const int MostPanels = 12;

    /// <summary>That there is no picture because it had more than <see cref="MostPanels"/>.</summary>
    /// <param name="plot">The plot as the study writes it.</param>
    /// <param name="panels">How many it had.</param>
    public static ShownPlot TooManyPanels(string plot, int panels) =>
        None(
            plot,
            $"{Report.Markdown.Count(panels)} panels would be too small to read, so that {MostPanels} are drawn at most"
        );

    /// <summary>The plot in Markdown.</summary>
    public string Markdown =>
        string.Join("\n\n", new[] { Figure?.Markdown ?? "", Sentence }.Where(part => part.Length > 0));
}
