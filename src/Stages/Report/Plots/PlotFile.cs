namespace Pipeline.Stages.Report;

/// <summary>Names the files of plots.</summary>
internal static class PlotFile
{
    /// <summary>A file's name of letters, digits and hyphens: <c>layers-weight-gradient-norm.svg</c>.</summary>
    public static string Name(string kind, string subject) => $"{kind}-{string.Concat(subject.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}.svg";
}
