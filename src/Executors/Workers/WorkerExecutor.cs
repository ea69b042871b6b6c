using Pipeline.Artifacts;

namespace Pipeline.Executors.Workers;

/// <summary>
/// Trains runs in processes of their own, one run a process at a time: a crash in a native library ends one run,
/// and the next gets a new process.
/// </summary>
/// <param name="program">What to start.</param>
/// <param name="jobs">The number of processes for each of its devices, at least 1.</param>
public sealed class WorkerExecutor(WorkerProgram program, int jobs) : IExecutor
{
    /// <inheritdoc/>
    /// <exception cref="PipelineException">Workers can't train here.</exception>
    public IEnumerable<EndedRun> Run(IReadOnlyList<RunTask> tasks, CancellationToken cancellation) =>
        RunThreads.Run(
            tasks,
            jobs * program.Devices.Count,
            (thread, stop) => new Worker(program, program.Devices[thread % program.Devices.Count], stop),
            cancellation
        );

    private sealed class Worker(WorkerProgram program, string device, CancellationToken stop) : IRunTrainer
    {
        private WorkerProcess process = WorkerProcess.Start(program, device, stop);

        public RunResult Train(RunTask task, CancellationToken cancellation)
        {
            if (process.HasEnded)
            {
                process.Dispose();
                process = WorkerProcess.Start(program, device, cancellation);
            }
            return process.Train(task, cancellation);
        }

        public void Dispose() => process.Dispose();
    }
}
