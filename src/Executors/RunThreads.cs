using System.Collections.Concurrent;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors;

/// <summary>Threads that take the next run each until none is left.</summary>
internal static class RunThreads
{
    // A consumer that can't keep up, as one on a slow disk, makes trainings wait instead of filling the memory.
    private const int MostWaiting = 256;

    /// <summary>Trains runs and yields each when it has ended, as <see cref="IExecutor.Run"/> says.</summary>
    /// <param name="tasks">The runs.</param>
    /// <param name="count">The number of threads, at least 1.</param>
    /// <param name="begin">Makes what trains the runs of a thread, by the thread's number. If it fails, so does the enumeration.</param>
    /// <param name="cancellation">Ends all runs.</param>
    /// <param name="shared">Where other commands store runs; null where none does.</param>
    /// <param name="checkpoints">Where runs keep checkpoints, which go once their results were taken; null where they keep none.</param>
    public static IEnumerable<EndedRun> Run(
        IReadOnlyList<RunTask> tasks,
        int count,
        Func<int, CancellationToken, IRunTrainer> begin,
        CancellationToken cancellation,
        DirectoryCache? shared = null,
        Checkpoints? checkpoints = null
    )
    {
        if (tasks.Count == 0)
            yield break;
        using var abandoned = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, abandoned.Token);
        using var ended = new BlockingCollection<EndedRun>(MostWaiting);
        using var queue = new RunQueue(tasks, count, shared);
        var running = Math.Min(count, tasks.Count);
        Exception? broken = null;
        var threads = Enumerable
            .Range(0, running)
            .Select(i => new Thread(() => TrainNext(i)) { IsBackground = true, Name = $"run {i}" })
            .ToArray();
        var started = 0;
        try
        {
            for (; started < threads.Length; started++)
                Start(threads[started]);
            foreach (var run in ended.GetConsumingEnumerable(CancellationToken.None))
            {
                yield return run;
                // Whoever got the result has stored it; a run that failed may go on from there.
                queue.Ended(run.Index, run.Error is not null);
                if (run.Error is null)
                    checkpoints?.Delete(tasks[run.Index].Key.Digest);
            }
        }
        finally
        {
            abandoned.Cancel();
            Array.ForEach(threads[..started], thread => thread.Join());
        }
        if (broken is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(broken);
        cancellation.ThrowIfCancellationRequested();

        void Start(Thread thread)
        {
            try
            {
                thread.Start();
            }
            catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
            {
                throw new PipelineException(
                    $"The system starts no more than {started} of {threads.Length} threads ({e.Message.TrimEnd('.')}): give fewer with --jobs, or raise its limit.",
                    e
                );
            }
        }

        void TrainNext(int thread)
        {
            try
            {
                using var trainer = begin(thread, stop.Token);
                // What ended before the command was interrupted is yielded still.
                while (queue.Next(stop.Token, out var isStored) is { } i)
                    ended.Add(isStored ? new(i, null, null) : Train(trainer, i), abandoned.Token);
            }
            catch (Exception e)
            {
                // Who cancelled knows.
                if (e is not OperationCanceledException)
                    Interlocked.CompareExchange(ref broken, e, null);
                queue.End();
            }
            finally
            {
                if (Interlocked.Decrement(ref running) == 0)
                    ended.CompleteAdding();
            }
        }

        EndedRun Train(IRunTrainer trainer, int index)
        {
            try
            {
                return new(index, trainer.Train(tasks[index], index, stop.Token), null);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return new(index, null, e);
            }
        }
    }
}
