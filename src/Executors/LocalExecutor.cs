using System.Collections.Concurrent;
using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Executors;

/// <summary>Trains runs on threads of this process, one run a thread at a time.</summary>
/// <param name="jobs">The number of threads, at least 1.</param>
/// <param name="backend">Who computes the steps of training.</param>
public sealed class LocalExecutor(int jobs, Backend backend) : IExecutor
{
    // A consumer that can't keep up, as one on a slow disk, makes trainings wait instead of filling the memory.
    private const int MostWaiting = 256;

    /// <inheritdoc/>
    public IEnumerable<EndedRun> Run(IReadOnlyList<RunTask> tasks, CancellationToken cancellation)
    {
        if (tasks.Count == 0)
            yield break;
        using var abandoned = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, abandoned.Token);
        using var ended = new BlockingCollection<EndedRun>(MostWaiting);
        var data = tasks
            .Select(task => task.Data)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(path => path, PreparedData.Open, StringComparer.Ordinal);
        var threads = Start(tasks, data, Add, stop.Token);
        try
        {
            foreach (var run in ended.GetConsumingEnumerable(CancellationToken.None))
                yield return run;
        }
        finally
        {
            abandoned.Cancel();
            Array.ForEach(threads, thread => thread.Join());
            foreach (var prepared in data.Values)
                prepared.Dispose();
        }
        cancellation.ThrowIfCancellationRequested();

        // What ended before the command was interrupted is yielded still; null says that no more will come.
        void Add(EndedRun? run)
        {
            if (run is { } one)
                ended.Add(one, abandoned.Token);
            else
                ended.CompleteAdding();
        }
    }

    private Thread[] Start(
        IReadOnlyList<RunTask> tasks,
        Dictionary<string, PreparedData> data,
        Action<EndedRun?> add,
        CancellationToken stop
    )
    {
        var (next, running) = (-1, Math.Min(jobs, tasks.Count));
        var threads = new Thread[running];
        for (var i = 0; i < threads.Length; i++)
            threads[i] = new Thread(TrainNext) { IsBackground = true, Name = $"run {i}" };
        Array.ForEach(threads, thread => thread.Start());
        return threads;

        void TrainNext()
        {
            try
            {
                for (
                    var i = Interlocked.Increment(ref next);
                    i < tasks.Count && !stop.IsCancellationRequested;
                    i = Interlocked.Increment(ref next)
                )
                    add(Train(i, tasks[i], data[tasks[i].Data], stop));
            }
            catch (OperationCanceledException)
            {
                // Who cancelled knows.
            }
            finally
            {
                if (Interlocked.Decrement(ref running) == 0)
                    add(null);
            }
        }
    }

    private EndedRun Train(int index, RunTask task, PreparedData data, CancellationToken cancellation)
    {
        try
        {
            return new(index, Trainer.Run(task.Parameters, data, backend, cancellation), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(index, null, e);
        }
    }
}
