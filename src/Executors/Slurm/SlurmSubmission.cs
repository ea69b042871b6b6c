using System.Diagnostics;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Slurm;

/// <summary>Runs that a task is to have.</summary>
/// <param name="Runs">Their positions among the command's.</param>
/// <param name="Threads">The most at once; null for as many as the task has CPUs.</param>
internal sealed record PackOfRuns(IReadOnlyList<int> Runs, int? Threads = null);

/// <summary>Packs runs and submits them.</summary>
/// <param name="site">What jobs are made of.</param>
/// <param name="options">What is asked of Slurm.</param>
/// <param name="slurm">Slurm.</param>
/// <param name="tasks">The command's runs.</param>
/// <param name="tell">Takes a sentence for each thing that the user should know.</param>
internal sealed class SlurmSubmission(
    SlurmSite site,
    SlurmOptions options,
    SlurmClient slurm,
    IReadOnlyList<RunTask> tasks,
    Action<string> tell
)
{
    private static readonly TimeSpan BacklogPause = TimeSpan.FromSeconds(30);

    private readonly List<PackOfRuns> backlog = [];
    private long lastRefusal;
    private int size = int.MaxValue / 2;
    private string? program;

    /// <summary>Packs runs for the cluster as it is.</summary>
    /// <param name="runs">Their positions, in the order in which they are to be begun.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<PackOfRuns> Pack(IReadOnlyList<int> runs, CancellationToken cancellation)
    {
        var seconds = RunTimes.Estimate([.. runs.Select(run => tasks[run])], cancellation);
        var count = Packing.Count(
            seconds,
            options.Cpus ?? 1,
            options.LongestPack.TotalSeconds,
            slurm.Slots(),
            // Others want to submit something too.
            Math.Max(1, slurm.Limits.MaxJobCount / 2)
        );
        return [.. Packing.Deal(seconds, count).Select(pack => new PackOfRuns([.. pack.Select(at => runs[at])]))];
    }

    /// <summary>The runs that a limit of the cluster has kept from being submitted.</summary>
    public IEnumerable<int> Backlog => backlog.SelectMany(pack => pack.Runs);

    /// <summary>Whether it is time to try again to submit what a limit has kept from it.</summary>
    public bool IsDue => backlog.Count > 0 && Stopwatch.GetElapsedTime(lastRefusal) >= (Pause ?? BacklogPause);

    /// <summary>How long after a refusal the rest is tried again; null for what suits a cluster.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>Takes runs from what a limit has kept back, as others have them.</summary>
    public void Drop(Func<int, bool> isElsewhere)
    {
        PackOfRuns[] left =
        [
            .. backlog
                .Select(pack => pack with { Runs = [.. pack.Runs.Where(run => !isElsewhere(run))] })
                .Where(pack => pack.Runs.Count > 0),
        ];
        backlog.Clear();
        backlog.AddRange(left);
    }

    /// <summary>
    /// Submits packs behind those that a limit has kept back, as arrays of as many tasks as Slurm takes; how many that are is tried where a
    /// limit is lower than the cluster tells.
    /// </summary>
    /// <param name="packs">The packs.</param>
    /// <param name="accepted">Where the tasks are added that are accepted, those before a refusal too.</param>
    /// <param name="own">Where the names of their jobs are added.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What Slurm says of a limit that keeps some from being accepted now; null where all are.</returns>
    /// <exception cref="PipelineException">Slurm refuses them, or can't be asked.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public string? Submit(
        IReadOnlyList<PackOfRuns> packs,
        List<WatchedTask> accepted,
        HashSet<string> own,
        CancellationToken cancellation
    )
    {
        var most = Math.Max(1, slurm.Limits.MaxArraySize);
        size = Math.Min(size, most);
        backlog.AddRange(packs);
        while (backlog.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            PackOfRuns[] array = [.. backlog.Take(size)];
            var folder = Write(array);
            // Where it isn't known whether Slurm has the job, its files stay.
            var (id, refusal, isLimit) = slurm.Submit(folder, array.Length, cancellation);
            if (id is null)
            {
                folder.Delete();
                if (!isLimit)
                    throw SlurmClient.Refused(refusal!);
                if (array.Length == 1)
                {
                    lastRefusal = Stopwatch.GetTimestamp();
                    return refusal;
                }
                size = array.Length / 2;
                continue;
            }
            tell(
                $"slurm: {Counted(array.Sum(pack => pack.Runs.Count), "run")} in {Counted(array.Length, "task")} submitted as job {id} ({folder.Name})"
            );
            size = Math.Min(most, 2 * size);
            backlog.RemoveRange(0, array.Length);
            own.Add(folder.Name);
            accepted.AddRange(array.Select((pack, number) => new WatchedTask(folder, number, pack.Runs, pack.Threads)));
        }
        return null;
    }

    private JobFolder Write(PackOfRuns[] packs)
    {
        var folder = JobFolder.New(site.Description.Cache);
        try
        {
            folder.Make();
            program ??= site.Program();
            var copy = WorkerCopy.To(program, folder.PathOf("program"));
            folder.Write(
                site.Description,
                Array.ConvertAll(packs, pack => RunPack.Of(pack.Runs.Select(run => tasks[run]), pack.Threads)),
                SlurmSite.Script(options.Dotnet, copy, folder.Path)
            );
            return folder;
        }
        catch
        {
            folder.Delete();
            throw;
        }
    }

    private static string Counted(int count, string what) =>
        FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
