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

    private bool hasBegun;
    private int failures;

    // The names of the jobs that this command has submitted.
    private readonly HashSet<string> own = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <exception cref="PipelineException">
    /// Slurm refuses the job, or can't be asked, or, with <see cref="SlurmOptions.Detach"/>, doesn't take all of it now.
    /// </exception>
    public void Begin(IReadOnlyList<RunTask> tasks, CancellationToken cancellation)
    {
        // What is forced is done once, and the cache doesn't tell that it is.
        if (tasks.Count == 0 || (site.Description.IsForced && !options.Detach))
            return;
        hasBegun = true;
        var grid = Grid([.. tasks.DistinctBy(run => run.Key.Digest, StringComparer.Ordinal)]);
        grid.Begin(mayBeStored: false, cancellation);
        if (options.Detach)
            grid.RequireAllSubmitted();
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
        // Runs that train alike have one key, and are one here.
        var alike = tasks
            .Index()
            .GroupBy(run => run.Item.Key.Digest, run => run.Index, StringComparer.Ordinal)
            .ToArray();
        var grid = Grid([.. alike.Select(runs => tasks[runs.First()])]);
        var isGivenUp = false;
        try
        {
            grid.Begin(mayBeStored: hasBegun, cancellation);
            while (true)
            {
                foreach (var ended in Look(grid, cancellation))
                {
                    foreach (var index in alike[ended.Index])
                    {
                        isGivenUp = true;
                        yield return ended with
                        {
                            Index = index,
                        };
                        isGivenUp = false;
                    }
                }
                if (grid.IsDone)
                    break;
                cancellation.WaitHandle.WaitOne(grid.Pause);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // Whatever else ends it leaves jobs to Slurm, where the same command finds them.
            if (isGivenUp && !cancellation.IsCancellationRequested)
                grid.Cancel();
            else if (!grid.IsDone)
                grid.TellOfJobs();
            grid.Tidy();
        }
    }

    // A file system that fails for a moment costs no job.
    private IReadOnlyList<EndedRun> Look(SlurmGrid grid, CancellationToken cancellation)
    {
        try
        {
            var ended = grid.Look(cancellation);
            failures = 0;
            return ended;
        }
        catch (IOException e) when (++failures < MostFailures)
        {
            if (failures == 1)
                tell($"slurm: {e.Message.TrimEnd('.')}; looking again");
            return [];
        }
    }

    private SlurmGrid Grid(IReadOnlyList<RunTask> tasks) =>
        new(site, options, Client(), cache, tasks, own, tell, Pause);

    private SlurmClient Client() =>
        Pause is { } pause ? new(options, tell, Slurm) { Pause = pause } : new(options, tell, Slurm);
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
