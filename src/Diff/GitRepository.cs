using System.Formats.Tar;
using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>The git repository that the project is in: itself, or a larger one that holds it in a folder.</summary>
internal sealed class GitRepository
{
    private const int ShortLength = 7;

    private readonly Git git;
    private readonly string top;
    private readonly string prefix;
    private readonly bool isShallow;
    private readonly Lazy<IReadOnlyList<string>> uncommitted;

    /// <summary>Finds the repository.</summary>
    /// <param name="root">The project's folder.</param>
    /// <exception cref="PipelineException">There is none, or no git.</exception>
    public GitRepository(string root)
    {
        git = new(root);
        var lines = git.Text("rev-parse", "--show-toplevel", "--is-shallow-repository", "--show-prefix").Split('\n');
        top = lines[0];
        isShallow = lines[1] == "true";
        prefix = lines.Length > 2 ? lines[2] : "";
        uncommitted = new(ReadUncommitted);
    }

    /// <summary>The paths below the project, relative to it, that differ from the last commit or are not part of it.</summary>
    public IReadOnlyList<string> Uncommitted => uncommitted.Value;

    /// <summary>The beginning of a commit's name.</summary>
    public static string Short(string commit) => commit[..ShortLength];

    /// <summary>The commit that a revision names.</summary>
    /// <exception cref="PipelineException">There is no such revision.</exception>
    public string Commit(string revision)
    {
        var commit = revision.StartsWith('-')
            ? null
            : git.TryText("rev-parse", "--verify", "--quiet", revision + "^{commit}");
        return commit
            ?? throw new PipelineException(
                $"'{revision}' is neither a folder nor a revision of this git repository: "
                    + (
                        isShallow
                            ? "the clone is shallow, git fetch --unshallow gets the other revisions."
                            : "git log --all --oneline lists the revisions."
                    )
            );
    }

    /// <summary>The last commit that two commits have in common.</summary>
    /// <exception cref="PipelineException">There is none here.</exception>
    public string MergeBase(string one, string other) =>
        git.TryText("merge-base", one, other)
        ?? throw new PipelineException(
            $"{Short(one)} and {Short(other)} have no commit in common here: "
                + (
                    isShallow
                        ? "the clone is shallow, git fetch --unshallow gets the rest."
                        : "name one revision with --from=<revision>."
                )
        );

    /// <summary>
    /// The files below a folder of a commit with their bytes, by path relative to that folder; null where
    /// the commit has no such folder.
    /// </summary>
    /// <param name="commit">The commit.</param>
    /// <param name="folder">The folder, relative to the project.</param>
    public IReadOnlyDictionary<string, byte[]>? Files(string commit, string folder)
    {
        if (git.TryText("rev-parse", "--verify", "--quiet", $"{commit}:./{folder}") is not { } tree)
            return null;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        // From the top: below it, git looks for the folder's own path within the tree.
        using var archive = new TarReader(new MemoryStream(new Git(top).Bytes("archive", "--format=tar", tree)));
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            files[entry.Name] = bytes.ToArray();
        }
        return files;
    }

    /// <summary>
    /// The commits that one of two commits has and the other hasn't, the newest first, with the paths that each
    /// touched, relative to the project.
    /// </summary>
    /// <param name="from">A commit; what it alone has is marked by its words.</param>
    /// <param name="to">A commit.</param>
    public IReadOnlyList<TouchingCommit> Between(string from, string to)
    {
        if (from == to)
            return [];
        var log = git.Text(
            "log",
            "--left-right",
            "--no-renames",
            "--name-only",
            "--relative",
            "--format=%x01%m%h%x00%s",
            $"{from}...{to}",
            "--",
            "experiments",
            "src",
            "Directory.Packages.props"
        );
        return [.. log.Split('\u0001', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static TouchingCommit Parse(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        var words = lines[0].Split('\0', 2);
        return new(words[0][1..], words[1], words[0][0] == '<', [.. lines.Skip(1).Where(line => line.Length > 0)]);
    }

    private IReadOnlyList<string> ReadUncommitted() =>
        [
            .. git.Text("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", ".")
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry[(3 + prefix.Length)..]),
        ];
}

/// <summary>A commit and what it touched.</summary>
/// <param name="Id">The beginning of its name.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="IsOld">Whether the old side has it and the new one hasn't.</param>
/// <param name="Paths">The paths of the files that it touched.</param>
internal sealed record TouchingCommit(string Id, string Subject, bool IsOld, IReadOnlyList<string> Paths);
