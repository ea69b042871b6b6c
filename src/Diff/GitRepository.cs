using System.Globalization;
using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>The git repository that the project is in: itself, or a larger one that holds it in a folder.</summary>
internal sealed class GitRepository
{
    private const int ShortLength = 7;

    // With its permissions; links and submodules have other modes.
    private const string RegularFile = "100";

    private readonly Git git;
    private readonly string prefix;
    private readonly bool isShallow;
    private readonly Lazy<IReadOnlyList<string>> uncommitted;

    /// <summary>Finds the repository.</summary>
    /// <param name="root">The project's folder.</param>
    /// <exception cref="PipelineException">There is none, or no git.</exception>
    public GitRepository(string root)
    {
        git = new(root);
        var lines = git.Text("rev-parse", "--is-shallow-repository", "--show-prefix").Split('\n');
        isShallow = lines[0] == "true";
        prefix = lines.Length > 1 ? lines[1] : "";
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
        // Attributes, which leave files out of archives and change the ends of lines, don't touch what is read object by object.
        var entries = git.Text("ls-tree", "-r", "-z", "--full-tree", tree)
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('\t', 2))
            .Where(entry => entry[0].StartsWith(RegularFile, StringComparison.Ordinal))
            .Select(entry => (Object: entry[0].Split(' ')[2], Path: entry[1]))
            .ToList();
        var contents = git.Answer(string.Concat(entries.Select(entry => entry.Object + "\n")), "cat-file", "--batch");
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var start = 0;
        foreach (var (id, path) in entries)
        {
            // A line with name, kind and size, then the bytes and the end of a line.
            var end = Array.IndexOf(contents, (byte)'\n', start);
            var head = Encoding.UTF8.GetString(contents, start, end - start).Split(' ');
            if (
                head is not [_, "blob", var digits]
                || !int.TryParse(digits, CultureInfo.InvariantCulture, out var size)
            )
                throw new PipelineException(
                    $"git has no object {id}, which is {folder}/{path} of {Short(commit)}: git fsck tells more."
                );
            files.Add(path, contents[(end + 1)..(end + 1 + size)]);
            start = end + 1 + size + 1;
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

    /// <summary>The commits of the current branch that touched a folder, the oldest first, with the day on which they were made.</summary>
    /// <param name="folder">The folder, relative to the project.</param>
    public IReadOnlyList<(string Id, string Date, string Subject)> Touching(string folder) =>
        [
            .. git.Text("log", "--reverse", "--format=%H%x00%cs%x00%s", "HEAD", "--", folder)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\0'))
                .Select(words => (words[0], words[1], words[2])),
        ];

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
