using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Networks;

namespace Pipeline.Executors;

/// <summary>Trains runs on threads of this process, one run a thread at a time.</summary>
/// <param name="jobs">The number of threads, at least 1.</param>
/// <param name="backend">Who computes the steps of training.</param>
/// <param name="shared">
/// The cache, where other commands may store the same runs at the same time and where checkpoints are; null where neither is so.
/// </param>
/// <param name="checkpointEvery">How long a run trains from one checkpoint to the next; null for half a minute.</param>
/// <param name="isAlone">Whether no other command is looked for that is at the same runs.</param>
public sealed class LocalExecutor(
    int jobs,
    Backend backend,
    DirectoryCache? shared = null,
    TimeSpan? checkpointEvery = null,
    bool isAlone = false
) : IExecutor
{
    /// <inheritdoc/>
    public IEnumerable<EndedRun> Run(
        IReadOnlyList<RunTask> tasks,
        CancellationToken cancellation,
        Action<RunningRun>? progress = null
    )
    {
        var data = tasks
            .Select(task => task.Data)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(path => path, PreparedData.Open, StringComparer.Ordinal);
        var checkpoints = shared?.Checkpoints();
        var trainer = new ResumableTrainer(backend, checkpoints, checkpointEvery ?? ResumableTrainer.UsualInterval);
        try
        {
            Func<int, CancellationToken, IRunTrainer> begin = (_, _) => new RunTrainer(trainer, data, progress);
            var others = isAlone ? null : shared;
            foreach (var run in RunThreads.Run(tasks, jobs, begin, cancellation, others, checkpoints))
                yield return run;
        }
        finally
        {
            foreach (var prepared in data.Values)
                prepared.Dispose();
        }
    }

    private sealed class RunTrainer(
        ResumableTrainer trainer,
        Dictionary<string, PreparedData> data,
        Action<RunningRun>? progress
    ) : IRunTrainer
    {
        public RunResult Train(RunTask task, int index, CancellationToken cancellation) =>
            trainer.Train(
                task.Key.Digest,
                task.Parameters,
                data[task.Data],
                progress is null
                    ? null
                    : run => progress(new(index, run.Epoch, run.Epochs, run.Step, run.StepsOfEpoch, run.Loss)),
                cancellation
            );

        public void Dispose() { }
    }
}
