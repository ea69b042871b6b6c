using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors.Workers;

/// <summary>
/// Trains runs in processes of their own, one run a process at a time: a crash in a native library ends one run,
/// and the next gets a new process.
/// </summary>
/// <param name="program">What to start.</param>
/// <param name="jobs">The number of processes for each of its devices, at least 1.</param>
/// <param name="shared">The cache, where others may store the same runs and where checkpoints are; null where neither is so.</param>
/// <param name="checkpointEvery">How long a run trains from one checkpoint to the next; null for half a minute.</param>
/// <param name="isAlone">Whether no other command is looked for that is at the same runs.</param>
public sealed class WorkerExecutor(
    WorkerProgram program,
    int jobs,
    DirectoryCache? shared = null,
    TimeSpan? checkpointEvery = null,
    bool isAlone = false
) : IExecutor
{
    /// <inheritdoc/>
    /// <exception cref="PipelineException">Workers can't train here.</exception>
    public IEnumerable<EndedRun> Run(
        IReadOnlyList<RunTask> tasks,
        CancellationToken cancellation,
        Action<RunningRun>? progress = null
    )
    {
        var keeps = new CheckpointPlace(shared?.Folder, checkpointEvery ?? ResumableTrainer.UsualInterval);
        return RunThreads.Run(
            tasks,
            jobs * program.Devices.Count,
            (thread, stop) =>
                new Worker(program, program.Devices[thread % program.Devices.Count], keeps, progress, stop),
            cancellation,
            isAlone ? null : shared,
            shared?.Checkpoints()
        );
    }

    private sealed class Worker(
        WorkerProgram program,
        string device,
        CheckpointPlace keeps,
        Action<RunningRun>? progress,
        CancellationToken stop
    ) : IRunTrainer
    {
        private WorkerProcess? process = WorkerProcess.Start(program, device, stop);

        public RunResult Train(RunTask task, int index, CancellationToken cancellation)
        {
            if (process is { HasEnded: true } ended)
            {
                process = null;
                ended.Dispose();
            }
            process ??= WorkerProcess.Start(program, device, cancellation);
            return process.Train(
                task,
                keeps,
                progress is null ? null : at => progress(at with { Index = index }),
                cancellation
            );
        }

        public void Dispose() => process?.Dispose();
    }
}
