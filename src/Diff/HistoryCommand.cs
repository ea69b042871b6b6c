using System.Text;
using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Progress;
using Pipeline.Stages.Expand;

namespace Pipeline.Diff;

/// <summary>Follows the results of a study through the commits that changed them.</summary>
public sealed class HistoryCommand(Session session)
{
    private const string Picture = "history.svg";

    /// <summary>
    /// Tells since when verdicts and cells are what they are; on the console and in <c>artifacts/history.md</c> with a picture,
    /// <c>artifacts/history.svg</c>. No stage runs.
    /// </summary>
    /// <param name="cell">The cells to follow, such as <c>activation=relu,normalization=none</c>; null for all.</param>
    /// <exception cref="PipelineException">No study, or not one, is named, or it has no results.</exception>
    public void Run(string? cell)
    {
        var options = session.Options;
        if (options.Experiments is not [var experiment])
            throw new PipelineException("History follows one study: name it with --experiment=<name>.");
        var name = Path.GetFileNameWithoutExtension(experiment);
        var versions = ResultVersion.Of(
            new(options.Root),
            name,
            Path.Combine(options.Results ?? Path.Combine(options.Root, "results"), name)
        );
        if (versions.Count == 0)
            throw new PipelineException(
                $"Neither a commit nor the working tree has results of '{name}'"
                    + (Nearest.Of(name, Known(options.Root)) is { } nearest ? $"; the nearest is '{nearest}'." : ".")
            );
        var history = ResultHistory.Of(name, versions, Wanted(cell));
        var page = HistoryPage.Render(history, Picture);
        var closing =
            $"history: {name}: {Counted.Of(versions.Count, "version")}, "
            + $"{Counted.Of(history.Claims.Count(claim => claim.Before >= 0), "verdict")} changed, "
            + $"{Counted.Of(history.Cells.Count(moved => moved.Before >= 0), "cell")} moved";
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["history.md"] = Encoding.UTF8.GetBytes($"{page}{closing}\n"),
            [Picture] = HistoryPicture.Draw(history),
        };
        ResultsFolder.Install(Path.Combine(options.Root, "artifacts"), files, [], option: null);
        session.Output.Write(page);
        session.Output.WriteLine(closing);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Wanted(string? cell) =>
        cell is null
            ? []
            :
            [
                .. TopLevel
                    .Split(cell, ',')
                    .Select(part =>
                        part.Split('=', 2) is [var axis, var value]
                            ? KeyValuePair.Create(axis.Trim(), value.Trim())
                            : throw new PipelineException(
                                $"--cell={cell} is not possible: write axis=value, such as --cell=activation=relu,normalization=none."
                            )
                    ),
            ];

    private static string[] Known(string root) =>
        [.. Studies.All(root).Select(path => Path.GetFileNameWithoutExtension(path))];
}
