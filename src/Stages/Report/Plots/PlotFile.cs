namespace Pipeline.Stages.Report;

/// <summary>Names the files of plots.</summary>
internal static class PlotFile
{
    private const int Longest = 100;

    /// <summary>A file's name of letters, digits and hyphens: <c>layers-weight-gradient-norm.svg</c>.</summary>
    public static string Name(string kind, string subject) =>
        $"{kind}-{string.Concat(subject.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}.svg";

    /// <summary>
    /// A file's name for a plot that a study asks for, or of what it names, <c>bars-activation-by-normalization.svg</c>; numbered from 2
    /// where another plot has it, upper and lower case being the same on some machines.
    /// </summary>
    /// <param name="plot">The plot as the study writes it, or what it is of.</param>
    /// <param name="taken">The names that are taken, to which the new one is added.</param>
    public static string Name(string plot, HashSet<string> taken)
    {
        var words = string.Concat(plot.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var stem = string.Join('-', words);
        stem = stem[..Math.Min(stem.Length, Longest)].TrimEnd('-');
        for (var number = 1; ; number++)
        {
            var name = $"{stem}{(number == 1 ? "" : $"-{Markdown.Count(number)}")}.svg";
            if (taken.Add(name))
                return name;
        }
    }
}
