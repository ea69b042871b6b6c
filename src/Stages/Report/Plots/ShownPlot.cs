namespace Pipeline.Stages.Report;

/// <summary>What the page shows for a plot that a study asks for: the picture, a sentence behind it, or only a sentence that says why there is none.</summary>
/// <param name="Figure">The picture, or null.</param>
/// <param name="Sentence">The sentence in Markdown, or an empty text.</param>
internal sealed record ShownPlot(Figure? Figure, string Sentence = "")
{
    /// <summary>That there is no picture.</summary>
    /// <param name="plot">The plot as the study writes it.</param>
    /// <param name="reason">Why, the rest of a sentence in Markdown, without its full stop.</param>
    public static ShownPlot None(string plot, string reason) => new(null, $"{Report.Markdown.Code(plot)}: {reason}.");

    /// <summary>The plot in Markdown.</summary>
    public string Markdown => string.Join("\n\n", new[] { Figure?.Markdown ?? "", Sentence }.Where(part => part.Length > 0));
}
