using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Executors;

/// <summary>Trains runs on threads of this process, one run a thread at a time.</summary>
/// <param name="jobs">The number of threads, at least 1.</param>
/// <param name="backend">Who computes the steps of training.</param>
/// <param name="shared">Where other commands may store the same runs at the same time; null where none does.</param>
public sealed class LocalExecutor(int jobs, Backend backend, DirectoryCache? shared = null) : IExecutor
{
    /// <inheritdoc/>
    public IEnumerable<EndedRun> Run(IReadOnlyList<RunTask> tasks, CancellationToken cancellation)
    {
        var data = tasks
            .Select(task => task.Data)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(path => path, PreparedData.Open, StringComparer.Ordinal);
        try
        {
            var runs = RunThreads.Run(tasks, jobs, (_, _) => new RunTrainer(data, backend), cancellation, shared);
            foreach (var run in runs)
                yield return run;
        }
        finally
        {
            foreach (var prepared in data.Values)
                prepared.Dispose();
        }
    }

    private sealed class RunTrainer(Dictionary<string, PreparedData> data, Backend backend) : IRunTrainer
    {
        public RunResult Train(RunTask task, CancellationToken cancellation) =>
            Trainer.Run(task.Parameters, data[task.Data], backend, cancellation);

        public void Dispose() { }
    }
}
