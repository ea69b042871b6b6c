using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Pipeline.Execution;

/// <summary>Stores results on a thread of its own, in the order in which they come, so that no training waits for a disk.</summary>
internal sealed class ResultWriter : IDisposable
{
    // A disk that can't keep up makes trainings wait instead of filling the memory.
    private readonly BlockingCollection<Action> writes = new(boundedCapacity: 256);
    private readonly Thread thread;
    private ExceptionDispatchInfo? failure;
    private bool isDisposed;

    /// <summary>Starts the thread.</summary>
    public ResultWriter()
    {
        thread = new Thread(WriteAll) { IsBackground = true, Name = "results" };
        thread.Start();
    }

    /// <summary>Hands over what stores a result.</summary>
    /// <exception cref="Exception">What an earlier write threw; nothing is written after it.</exception>
    public void Add(Action write)
    {
        Volatile.Read(ref failure)?.Throw();
        writes.Add(write);
    }

    /// <summary>Waits until everything is stored.</summary>
    /// <exception cref="Exception">What a write threw.</exception>
    public void Finish()
    {
        Dispose();
        failure?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        writes.CompleteAdding();
        thread.Join();
        writes.Dispose();
    }

    private void WriteAll()
    {
        foreach (var write in writes.GetConsumingEnumerable())
        {
            if (failure is not null)
                continue;
            try
            {
                write();
            }
            catch (Exception e)
            {
                Volatile.Write(ref failure, ExceptionDispatchInfo.Capture(e));
            }
        }
    }
}
