namespace Pipeline.Stages.Report;

/// <summary>The command that makes a study's results again.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Elsewhere">The name of its file, where that isn't in the project's folder of studies; else null.</param>
/// <param name="Only">What <c>--only</c> kept.</param>
/// <param name="Set">What <c>--set</c> changed.</param>
/// <param name="DataSets">The data sets that are described outside of the project.</param>
public sealed record Reproduction(
    string Study,
    string? Elsewhere,
    IReadOnlyList<string> Only,
    IReadOnlyList<string> Set,
    IReadOnlyList<string> DataSets
)
{
    /// <summary>Whether the study's name says it all.</summary>
    public bool IsPlain => Elsewhere is null && Only.Count + Set.Count + DataSets.Count == 0;

    /// <summary>The command, for a POSIX shell. Where files lie is no part of results: their folders are left open.</summary>
    public string Command =>
        string.Join(
            ' ',
            [
                "./build.sh",
                "--target=Report",
                "--experiment=" + (Elsewhere is null ? Study : $"<folder>/{Elsewhere}"),
                .. Only.Select(text => "--only=" + Quoted(text)),
                .. Set.Select(text => "--set=" + Quoted(text)),
                .. DataSets.Count == 0
                    ? []
                    : new[] { $"--data=<folder with {string.Join(", ", DataSets.Select(name => name + ".yaml"))}>" },
            ]
        );

    private static string Quoted(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '=' or ',' or '.' or '_' or '-' or '+' or ':' or '/')
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
