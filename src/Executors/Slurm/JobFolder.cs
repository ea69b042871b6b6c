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
    private const string Keys = "keys";
    private const string Description = "job.json";
    private const string Packs = "packs";
    private const string Attempts = "attempts";

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
        new(System.IO.Path.Combine(cache, Jobs, NamePrefix + AtomicFile.NewName()[..12]));

    /// <summary>All jobs that have a folder in a cache.</summary>
    /// <param name="cache">The cache's folder.</param>
    internal static IReadOnlyList<JobFolder> All(string cache)
    {
        var jobs = new DirectoryInfo(System.IO.Path.Combine(cache, Jobs));
        return jobs.Exists
            ?
            [
                .. jobs.EnumerateDirectories(NamePrefix + "*")
                    .Where(folder => !AtomicFile.IsLink(folder))
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

    /// <summary>What the last attempt at a task told; null where none did yet.</summary>
    /// <param name="task">Its number.</param>
    internal Attempt? ReadAttempt(int task)
    {
        try
        {
            var last = Directory
                .EnumerateFiles(PathOf(Attempts), FormattableString.Invariant($"{task}.*.json"))
                .OrderBy(path => path.Length)
                .ThenBy(path => path, StringComparer.Ordinal)
                .LastOrDefault();
            return last is not null && TryRead(last, out var bytes) ? Attempt.Decode(bytes) : null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The numbers of the tasks of which an attempt told something, with the time of its last word.</summary>
    internal IReadOnlyDictionary<int, DateTime> AttemptTimes()
    {
        var times = new Dictionary<int, DateTime>();
        var folder = new DirectoryInfo(PathOf(Attempts));
        if (!folder.Exists)
            return times;
        foreach (var file in folder.EnumerateFiles("*.json"))
        {
            if (
                int.TryParse(
                    file.Name.AsSpan(0, file.Name.IndexOf('.', StringComparison.Ordinal)),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var task
                )
            )
            {
                var time = file.LastWriteTimeUtc;
                if (!times.TryGetValue(task, out var known) || known < time)
                    times[task] = time;
            }
        }
        return times;
    }

    /// <summary>Tells how far an attempt is, in the place of what it told before.</summary>
    /// <param name="task">The task's number.</param>
    /// <param name="number">The attempt's number, from 0: how often Slurm began the task again.</param>
    /// <param name="attempt">How far it is.</param>
    /// <exception cref="IOException">There is no room.</exception>
    public void WriteAttempt(int task, int number, Attempt attempt)
    {
        // Where the folder is gone nobody waits for it any more.
        if (Directory.Exists(Path))
            Write(
                System.IO.Path.Combine(Attempts, FormattableString.Invariant($"{task}.{number}.json")),
                attempt.Encode()
            );
    }

    /// <summary>Where a task prints.</summary>
    /// <param name="task">Its number.</param>
    internal string LogOf(int task) => System.IO.Path.Combine(Path, Logs, FormattableString.Invariant($"{task}.log"));

    /// <summary>How long ago it was made.</summary>
    internal TimeSpan Age =>
        DateTime.UtcNow - Directory.GetLastWriteTimeUtc(Directory.Exists(PathOf(Logs)) ? PathOf(Logs) : Path);

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
