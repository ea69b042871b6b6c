using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors.Slurm;

/// <summary>
/// The files by which a command and the tasks of one of its jobs understand each other, in <c>jobs/&lt;name of the job&gt;/</c> of the
/// cache: <c>job.json</c>, what all tasks are told; <c>keys</c>, a line for each run, the task's number and the digest of the run's key;
/// <c>packs/&lt;task&gt;.json</c>, what a task trains; <c>program/</c>, what trains it; <c>attempts/&lt;task&gt;.&lt;n&gt;.json</c>, what
/// came of it; <c>logs/&lt;task&gt;.log</c>, what it printed. All but logs appear at once and whole.
/// </summary>
public sealed class JobFolder
{
    /// <summary>The folder of all jobs in a cache.</summary>
    public const string Jobs = "jobs";

    /// <summary>The script that Slurm starts.</summary>
    internal const string Script = "task.sh";

    /// <summary>The folder of what tasks print.</summary>
    internal const string Logs = "logs";

    private const string NamePrefix = "pipeline-";
    private const int NameDigits = 12;
    private const string Keys = "keys";
    private const string Description = "job.json";
    private const string Packs = "packs";
    private const string Attempts = "attempts";

    private const UnixFileMode OnlyOwnerWrites =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly string temporaries;

    /// <summary>The folder of a job, whether it is there or not.</summary>
    /// <param name="path">Its path.</param>
    public JobFolder(string path)
    {
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        temporaries = System.IO.Path.Combine(Path, "tmp");
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>The job's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>A folder of a cache for a new job.</summary>
    /// <param name="cache">The cache's folder.</param>
    internal static JobFolder New(string cache) =>
        new(System.IO.Path.Combine(cache, Jobs, NamePrefix + AtomicFile.NewName()[..NameDigits]));

    /// <summary>All jobs that have a folder in a cache.</summary>
    /// <param name="cache">The cache's folder.</param>
    internal static IReadOnlyList<JobFolder> All(string cache)
    {
        var jobs = new DirectoryInfo(System.IO.Path.Combine(cache, Jobs));
        return jobs.Exists
            ?
            [
                .. jobs.EnumerateDirectories(NamePrefix + "*")
                    .Where(folder => IsName(folder.Name) && !AtomicFile.IsLink(folder))
                    .OrderBy(folder => folder.Name, StringComparer.Ordinal)
                    .Select(folder => new JobFolder(folder.FullName)),
            ]
            : [];
    }

    /// <summary>Writes all that the tasks need; the keys last, since by them it is found.</summary>
    /// <param name="description">What all tasks are told.</param>
    /// <param name="packs">What each task trains.</param>
    /// <param name="script">What Slurm starts.</param>
    /// <exception cref="IOException">There is no room.</exception>
    internal void Write(JobDescription description, IReadOnlyList<RunPack> packs, string script)
    {
        WriteScript(script);
        Write(Description, description.Encode());
        foreach (var (task, pack) in packs.Index())
            Write(PackPath(task), pack.Encode());
        var keys = new StringBuilder();
        foreach (var (task, pack) in packs.Index())
        {
            foreach (var run in pack.Runs)
                keys.Append(CultureInfo.InvariantCulture, $"{task} {run.Key}\n");
        }
        Write(Keys, Encoding.ASCII.GetBytes(keys.ToString()));
    }

    /// <summary>Writes what Slurm starts, for a job that trains nothing.</summary>
    /// <param name="script">The script.</param>
    /// <exception cref="IOException">There is no room.</exception>
    internal void WriteScript(string script)
    {
        Make();
        Directory.CreateDirectory(PathOf(Logs));
        Directory.CreateDirectory(PathOf(Attempts));
        Write(Script, Encoding.UTF8.GetBytes(script));
    }

    /// <summary>The keys of the runs of each task, in the order of the packs; none where the folder is not all written, or gone.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> ReadKeys()
    {
        var tasks = new List<List<string>>();
        if (!TryRead(Keys, out var bytes))
            return tasks;
        foreach (var line in Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (
                space < 0
                || !int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var task)
                || task > tasks.Count
                || !Digest.IsWellFormed(line[(space + 1)..])
            )
                return [];
            if (task == tasks.Count)
                tasks.Add([]);
            tasks[task].Add(line[(space + 1)..]);
        }
        return tasks;
    }

    /// <summary>What all tasks are told.</summary>
    /// <exception cref="PipelineException">It isn't there or can't be read.</exception>
    public JobDescription ReadDescription() => Read(Description, JobDescription.Decode);

    /// <summary>What a task trains.</summary>
    /// <param name="task">Its number.</param>
    /// <exception cref="PipelineException">It isn't there or can't be read.</exception>
    public RunPack ReadPack(int task) => Read(PackPath(task), RunPack.Decode);

    /// <summary>The file of the last attempt at each task that told something, by the task's number.</summary>
    internal IReadOnlyDictionary<int, AttemptFile> AttemptFiles()
    {
        var files = new Dictionary<int, AttemptFile>();
        var folder = new DirectoryInfo(PathOf(Attempts));
        if (!folder.Exists)
            return files;
        foreach (var file in folder.EnumerateFiles("*.json"))
        {
            if (
                file.Name.Split('.') is [var task, var attempt, _]
                && int.TryParse(task, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
                && (!files.TryGetValue(number, out var known) || known.Number < time)
            )
                files[number] = new(file.FullName, time, file.LastWriteTimeUtc, file.Length);
        }
        return files;
    }

    /// <summary>What an attempt told; null where that is gone or no attempt's.</summary>
    internal Attempt? ReadAttempt(AttemptFile file) => TryRead(file.Path, out var bytes) ? Attempt.Decode(bytes) : null;

    /// <summary>
    /// Has the next look at the attempts show what other machines wrote: they are remembered for a while on a shared file system, but not
    /// once this machine has changed the folder.
    /// </summary>
    internal void Refresh()
    {
        try
        {
            var path = System.IO.Path.Combine(PathOf(Attempts), AtomicFile.NewName());
            using (File.Create(path)) { }
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's job, or one whose folder is gone.
        }
    }

    /// <summary>Tells how far an attempt is, in the place of what it told before.</summary>
    /// <param name="task">The task's number.</param>
    /// <param name="number">The attempt's number, from 0: how often Slurm began the task again.</param>
    /// <param name="attempt">How far it is.</param>
    /// <exception cref="IOException">There is no room.</exception>
    public void WriteAttempt(int task, int number, Attempt attempt)
    {
        // Where the folder is gone nobody waits for it any more.
        if (!IsGone)
            Write(
                System.IO.Path.Combine(Attempts, FormattableString.Invariant($"{task}.{number}.json")),
                attempt.Encode()
            );
    }

    /// <summary>Where a task prints.</summary>
    /// <param name="task">Its number.</param>
    internal string LogOf(int task) => System.IO.Path.Combine(Path, Logs, FormattableString.Invariant($"{task}.log"));

    /// <summary>Whether it was deleted, as its job's runs are all stored or somebody wanted it away.</summary>
    internal bool IsGone => !Directory.Exists(Path);

    /// <summary>How long ago it was made.</summary>
    internal TimeSpan Age =>
        DateTime.UtcNow - Directory.GetLastWriteTimeUtc(Directory.Exists(PathOf(Logs)) ? PathOf(Logs) : Path);

    /// <summary>Makes the folder, in which nobody else writes: a node runs what it finds there in the name of who submitted it.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    internal void Make()
    {
        Directory.CreateDirectory(Path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, OnlyOwnerWrites);
    }

    /// <summary>Deletes all of it, if that can be done.</summary>
    internal void Delete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another command did, or a task still has a file open: a later command deletes it.
        }
    }

    // As it is given here: it stands in commands of Slurm.
    private static bool IsName(string name) =>
        name.Length == NamePrefix.Length + NameDigits && name[NamePrefix.Length..].All(char.IsAsciiHexDigitLower);

    internal string PathOf(string name) => System.IO.Path.Combine(Path, name);

    private static string PackPath(int task) =>
        System.IO.Path.Combine(Packs, FormattableString.Invariant($"{task}.json"));

    private void Write(string name, ReadOnlySpan<byte> bytes)
    {
        using var file = new AtomicFile(temporaries);
        file.Write(bytes);
        file.MoveTo(PathOf(name));
    }

    private bool TryRead(string name, [NotNullWhen(true)] out byte[]? bytes)
    {
        try
        {
            bytes = File.ReadAllBytes(PathOf(name));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bytes = null;
            return false;
        }
    }

    private delegate T Decoder<T>(ReadOnlySpan<byte> bytes);

    private T Read<T>(string name, Decoder<T> decode)
    {
        try
        {
            return decode(File.ReadAllBytes(PathOf(name)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PipelineException(
                $"{PathOf(name)} can't be read on {Environment.MachineName} ({e.Message.TrimEnd('.')}): the cache's folder must be on a file system that all nodes share.",
                e
            );
        }
    }
}

/// <summary>A file in which an attempt tells how far it is.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Number">The attempt's number.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Length">Its size in bytes.</param>
internal sealed record AttemptFile(string Path, int Number, DateTime Time, long Length);
