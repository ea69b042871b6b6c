using Pipeline.Artifacts;
using Pipeline.Flow;

namespace Pipeline.Diff;

/// <summary>Finds the two results that a command asks to compare.</summary>
/// <param name="options">Where the project stands.</param>
internal sealed class DiffSides(PipelineOptions options)
{
    private const string MergeBase = "...";
    private const string Head = "HEAD";
    private const string Results = "results";

    private GitRepository? repository;

    /// <summary>The repository, as far as a side needs one.</summary>
    public GitRepository? Repository => repository;

    /// <summary>Reads both sides.</summary>
    /// <exception cref="PipelineException">A side can't be found or read, or neither has results.</exception>
    public (DiffSide From, DiffSide To) Read(DiffRequest request)
    {
        var (from, to) = (request.From ?? Head, request.To);
        DiffSide old;
        if (TryFolder(from) is { } folder)
        {
            old = folder;
        }
        else if (from.IndexOf(MergeBase, StringComparison.Ordinal) is >= 0 and var dots)
        {
            var (one, other) = (OrHead(from[..dots]), OrHead(from[(dots + MergeBase.Length)..]));
            to ??= from.EndsWith(MergeBase, StringComparison.Ordinal) ? null : other;
            old = Revision(
                $"merge base of {one} and {other}",
                Opened.MergeBase(Opened.Commit(one), Opened.Commit(other))
            );
        }
        else
        {
            old = Revision(from, Opened.Commit(from));
        }
        var now = to is null ? WorkingTree() : TryFolder(to) ?? Revision(to, Opened.Commit(to));
        if (old.Files is null && now.Files is null)
            throw new PipelineException(
                $"There are no results in {old.Name}, nor in {now.Name}: write some with --target=Report."
            );
        return (old, now);
    }

    private GitRepository Opened => repository ??= new(options.Root);

    private static string OrHead(string revision) => revision.Length == 0 ? Head : revision;

    // A folder of the name of a revision wins: refs/heads/<name> says that the branch is meant.
    private DiffSide? TryFolder(string name)
    {
        var path = Path.GetFullPath(name, options.CallerDirectory);
        return Directory.Exists(path)
            ? WithResults(new(name, null, false, path + "/", DiffSide.Read(path)), path)
            : null;
    }

    // A folder that was named and holds nothing to compare is a slip: "no difference" would hide it.
    private static DiffSide WithResults(DiffSide side, string folder) =>
        side.Studies.Count > 0
            ? side
            : throw new PipelineException(
                side.Files?.ContainsKey(ResultFiles.Manifest) is true
                || side.Files?.ContainsKey(ResultFiles.Runs) is true
                    ? $"{side.Name} holds the results of one study: name the folder above it, and the study with --experiment={Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}."
                    : $"{side.Name} holds no results of studies: name a folder as Report writes it, such as results/."
            );

    private DiffSide Revision(string name, string commit)
    {
        var id = GitRepository.Short(commit);
        return new(
            commit.StartsWith(name, StringComparison.Ordinal) ? id : $"{name} ({id})",
            commit,
            false,
            $"{id}:{Results}/",
            Opened.Files(commit, Results)
        );
    }

    private DiffSide WorkingTree()
    {
        var folder = options.Results ?? Path.Combine(options.Root, Results);
        var shown = Studies.Shown(options.Root, folder);
        var files = DiffSide.Read(folder);
        if (options.Results is not null)
            WithResults(new(shown, null, false, shown + "/", files), folder);
        if (repository is null)
            return new(shown, null, false, shown + "/", files);
        var dirty = repository.Uncommitted.Count;
        return new(
            dirty == 0
                ? "working tree"
                : $"working tree ({dirty} {(dirty == 1 ? "file is" : "files are")} not committed)",
            repository.Commit(Head),
            true,
            shown + "/",
            files
        );
    }
}
