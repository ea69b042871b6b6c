namespace Pipeline.Execution;

/// <summary>Runs work items on threads of this process, one item a thread at a time, in their order.</summary>
internal static class LocalScheduler
{
    /// <summary>Runs all items, or until one throws or the token is cancelled; then no further item is started.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="jobs">The number of threads, at least 1.</param>
    /// <param name="work">Does item i; called from several threads at once, once an item.</param>
    /// <param name="cancellation">Stops the start of further items.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before all items were done.</exception>
    public static void Run(int count, int jobs, Action<int> work, CancellationToken cancellation)
    {
        var next = -1;
        Exception? first = null;
        void Loop()
        {
            while (!cancellation.IsCancellationRequested && Volatile.Read(ref first) is null)
            {
                var item = Interlocked.Increment(ref next);
                if (item >= count)
                    return;
                try
                {
                    work(item);
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref first, e, null);
                }
            }
        }

        var threads = new Thread[Math.Min(jobs, count)];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Loop) { IsBackground = true, Name = $"run {i}" };
            threads[i].Start();
        }
        foreach (var thread in threads)
            thread.Join();
        if (first is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        cancellation.ThrowIfCancellationRequested();
    }
}
