namespace Pipeline.Stages.Report;

/// <summary>The command that makes a study's results again.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="IsElsewhere">Whether its file isn't in the project's folder of studies.</param>
/// <param name="Only">What <c>--only</c> kept.</param>
/// <param name="Set">What <c>--set</c> changed.</param>
/// <param name="DataSets">The data sets that are described outside of the project.</param>
public sealed record Reproduction(
    string Study,
    bool IsElsewhere,
    IReadOnlyList<string> Only,
    IReadOnlyList<string> Set,
    IReadOnlyList<string> DataSets
)
{
    /// <summary>Whether the study's name says it all.</summary>
    public bool IsPlain => !IsElsewhere && Only.Count + Set.Count + DataSets.Count == 0;

    /// <summary>The command, for a POSIX shell. Where files lie is no part of results: their folders are left open.</summary>
    public string Command =>
        string.Join(
            ' ',
            [
                "./build.sh",
                "--target=Report",
                IsElsewhere ? $"--experiment=<folder>/{Study}.yaml" : $"--experiment={Study}",
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
