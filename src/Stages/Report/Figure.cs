namespace Pipeline.Stages.Report;

/// <summary>A picture that stands beside a study's page and is shown on it.</summary>
/// <param name="File">The file's name: letters, digits, hyphens and a dot.</param>
/// <param name="Alternative">What it shows, for those who can't see it.</param>
/// <param name="Svg">The file's bytes.</param>
internal sealed record Figure(string File, string Alternative, byte[] Svg)
{
    /// <summary>The image in Markdown.</summary>
    public string Markdown => $"![{Report.Markdown.Text(Alternative)}]({File})";
}
