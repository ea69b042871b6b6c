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
    private const string Lock = "lock";
    private const int MostWaits = 600;

    private static readonly TimeSpan LockPause = TimeSpan.FromSeconds(0.2);

    private string? program;

    /// <summary>
    /// Keeps other commands on the cache from looking for jobs or submitting some, so that of two that have the same runs one waits for the
    /// other's. Who holds it too long is not waited for, and on a file system without locks nobody is: a run is done twice then, no more.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IDisposable? Alone(CancellationToken cancellation)
    {
        var jobs = Path.Combine(site.Description.Cache, JobFolder.Jobs);
        Directory.CreateDirectory(jobs);
        for (var waits = 0; waits < MostWaits; waits++)
        {
            try
            {
                return new FileStream(
                    Path.Combine(jobs, Lock),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException)
            {
                cancellation.WaitHandle.WaitOne(LockPause);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        return null;
    }

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

    /// <summary>Submits packs, as arrays of as many tasks as Slurm takes.</summary>
    /// <param name="packs">The packs.</param>
    /// <param name="accepted">Where the tasks are added that are accepted, those before a refusal too.</param>
    /// <param name="own">Where the names of their jobs are added.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The packs that a limit of the cluster keeps from being accepted now.</returns>
    /// <exception cref="PipelineException">Slurm refuses them, or can't be asked.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<PackOfRuns> Submit(
        IReadOnlyList<PackOfRuns> packs,
        List<WatchedTask> accepted,
        HashSet<string> own,
        CancellationToken cancellation
    )
    {
        var size = Math.Max(1, slurm.Limits.MaxArraySize);
        for (var begun = 0; begun < packs.Count; begun += size)
        {
            PackOfRuns[] array = [.. packs.Skip(begun).Take(size)];
            var folder = Write(array);
            string? id = null;
            try
            {
                id = slurm.Submit(folder, array.Length, cancellation);
            }
            finally
            {
                if (id is null && !cancellation.IsCancellationRequested)
                    folder.Delete();
            }
            if (id is null)
                return [.. packs.Skip(begun)];
            tell(
                $"slurm: {Counted(array.Sum(pack => pack.Runs.Count), "run")} in {Counted(array.Length, "task")} submitted as job {id} ({folder.Name})"
            );
            own.Add(folder.Name);
            accepted.AddRange(array.Select((pack, number) => new WatchedTask(folder, number, pack.Runs)));
        }
        return [];
    }

    private JobFolder Write(PackOfRuns[] packs)
    {
        var folder = JobFolder.New(site.Description.Cache);
        program ??= site.Program();
        var copy = site.IsCopied ? WorkerCopy.To(program, folder.PathOf("program")) : program;
        folder.Write(
            site.Description,
            Array.ConvertAll(packs, pack => RunPack.Of(pack.Runs.Select(run => tasks[run]), pack.Threads)),
            SlurmSite.Script(options.Dotnet, copy, folder.Path)
        );
        return folder;
    }

    private static string Counted(int count, string what) =>
        FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
