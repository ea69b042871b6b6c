using System.Diagnostics;
using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors.Slurm;

/// <summary>
/// Has runs trained by the nodes of a Slurm cluster: packed into tasks of job arrays, whose results the nodes store in the cache. What
/// counts is what the cache holds; what Slurm tells, an exit code least of all, only decides what is submitted again. Runs that a job of
/// this or another command has already are waited for.
/// </summary>
/// <param name="site">What jobs are made of.</param>
/// <param name="options">What is asked of Slurm.</param>
/// <param name="cache">The cache's folder, which all nodes see.</param>
/// <param name="tell">Takes a sentence for each thing that the user should know.</param>
public sealed class SlurmExecutor(SlurmSite site, SlurmOptions options, DirectoryCache cache, Action<string> tell)
    : IExecutor
{
    /// <summary>Runs Slurm's commands; null for the real ones.</summary>
    internal Func<string, IReadOnlyList<string>, SlurmAnswer>? Slurm { get; init; }

    /// <summary>How long to wait before Slurm is asked, or files are looked at, again; null for what suits a cluster.</summary>
    internal TimeSpan? Pause { get; init; }

    private const int MostFailures = 100;

    private static readonly TimeSpan OthersPause = TimeSpan.FromSeconds(30);

    // What was begun and is not asked for yet.
    private readonly List<BegunRuns> begun = [];

    // The names of the jobs that this command has submitted.
    private readonly HashSet<string> own = new(StringComparer.Ordinal);

    // It asks for the cluster's limits once, and tells once that squeue fails.
    private SlurmClient? client;
    private long lastOthers = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    /// <exception cref="PipelineException">
    /// Slurm refuses the job, or can't be asked, or, with <see cref="SlurmOptions.Detach"/>, doesn't take all of it now.
    /// </exception>
    public void Begin(IReadOnlyList<RunTask> tasks, CancellationToken cancellation)
    {
        if (tasks.Count == 0)
            return;
        var runs = BegunRuns.Of(tasks, Grid);
        runs.Grid.Begin(cancellation);
        begun.Add(runs);
        if (options.Detach)
            runs.Grid.RequireAllSubmitted();
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Cancelled, it leaves jobs to Slurm, where the same command finds them; given up by who enumerates, it cancels its own.
    /// </remarks>
    /// <exception cref="PipelineException">Slurm refuses the job, or can't be asked.</exception>
    public IEnumerable<EndedRun> Run(
        IReadOnlyList<RunTask> tasks,
        CancellationToken cancellation,
        Action<RunningRun>? progress = null
    )
    {
        if (tasks.Count == 0)
            yield break;
        var runs = BegunRuns.Of(tasks, Grid);
        var known = begun.Find(other => other.Keys.SequenceEqual(runs.Keys, StringComparer.Ordinal));
        if (known is not null)
            begun.Remove(runs = known);
        var isGivenUp = false;
        try
        {
            if (known is null)
                runs.Grid.Begin(cancellation);
            while (true)
            {
                Look(runs, cancellation);
                while (runs.Ended.TryDequeue(out var ended))
                {
                    foreach (var index in runs.Alike[ended.Index])
                    {
                        isGivenUp = true;
                        yield return ended with
                        {
                            Index = index,
                        };
                        isGivenUp = false;
                    }
                }
                if (runs.Grid.IsDone)
                    break;
                LookAtOthers(cancellation);
                cancellation.WaitHandle.WaitOne(runs.Grid.Pause);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // Whatever else ends it leaves jobs to Slurm, where the same command finds them.
            if (isGivenUp && !cancellation.IsCancellationRequested)
                runs.Grid.Cancel();
            else if (!runs.Grid.IsDone)
                begun.Prepend(runs).ToList().ForEach(left => left.Grid.TellOfJobs());
            runs.Grid.Tidy();
        }
    }

    // What goes wrong there is mended before it is asked for, and before Slurm forgets why.
    private void LookAtOthers(CancellationToken cancellation)
    {
        if (Stopwatch.GetElapsedTime(lastOthers) < (Pause ?? OthersPause))
            return;
        foreach (var runs in begun.Where(runs => !runs.Grid.IsDone))
            Look(runs, cancellation);
        lastOthers = Stopwatch.GetTimestamp();
    }

    // A file system that fails for a moment costs no job.
    private void Look(BegunRuns runs, CancellationToken cancellation)
    {
        try
        {
            foreach (var ended in runs.Grid.Look(cancellation))
                runs.Ended.Enqueue(ended);
            runs.Failures = 0;
        }
        catch (IOException e) when (runs.Failures < MostFailures)
        {
            if (runs.Failures++ == 0)
                tell($"slurm: {e.Message.TrimEnd('.')}; looking again");
        }
    }

    private SlurmGrid Grid(IReadOnlyList<RunTask> tasks) =>
        new(site, options, client ??= Client(), cache, tasks, own, tell, Pause);

    private SlurmClient Client() =>
        Pause is { } pause ? new(options, tell, Slurm) { Pause = pause } : new(options, tell, Slurm);
}

/// <summary>Runs that are trained together, and those of them that have ended and are not yielded yet.</summary>
/// <param name="Keys">The digests of their keys, each once.</param>
/// <param name="Alike">For each the positions of the runs that have it: runs that train alike are one here.</param>
/// <param name="Grid">What trains them.</param>
internal sealed record BegunRuns(string[] Keys, IReadOnlyList<IEnumerable<int>> Alike, SlurmGrid Grid)
{
    /// <summary>Those that ended, by the positions of their keys.</summary>
    public Queue<EndedRun> Ended { get; } = new();

    /// <summary>How many looks in turn failed.</summary>
    public int Failures { get; set; }

    /// <summary>Puts runs together.</summary>
    public static BegunRuns Of(IReadOnlyList<RunTask> tasks, Func<IReadOnlyList<RunTask>, SlurmGrid> grid)
    {
        var alike = tasks
            .Index()
            .GroupBy(run => run.Item.Key.Digest, run => run.Index, StringComparer.Ordinal)
            .ToArray();
        return new(
            Array.ConvertAll(alike, runs => runs.Key),
            alike,
            grid([.. alike.Select(runs => tasks[runs.First()])])
        );
    }
}

/// <summary>What the jobs of a command are made of.</summary>
/// <param name="Description">What their tasks are told.</param>
/// <param name="Program">The program that trains, Pipeline.Worker.dll, asked for where there are runs to train.</param>
public sealed record SlurmSite(JobDescription Description, Func<string> Program)
{
    /// <summary>The script that a task's node runs.</summary>
    /// <param name="dotnet">What starts .NET programs there; null for the dotnet of this process.</param>
    /// <param name="program">The path of the program.</param>
    /// <param name="folder">The job's folder.</param>
    internal static string Script(string? dotnet, string program, string folder) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"#!/bin/sh\nexec {dotnet ?? Quoted(Workers.WorkerProgram.Dotnet)} {Quoted(program)} {Quoted($"--job={folder}")}\n"
        );

    internal static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
