using Pipeline.Caching;

namespace Pipeline.Executors;

/// <summary>
/// Hands out runs, one at a time and in their order. Those that another command on the same cache is at come last, as does one that equals
/// a run before it: they are waited for, and trained here where they end without being stored.
/// </summary>
/// <param name="tasks">The runs.</param>
/// <param name="threads">How many threads take them.</param>
/// <param name="shared">Where other commands store runs; null where none does.</param>
internal sealed class RunQueue(IReadOnlyList<RunTask> tasks, int threads, DirectoryCache? shared) : IDisposable
{
    // A claim of several runs costs no more than one of a single run; towards the end claims get small, so that commands end together.
    private const int MostClaimed = 16;
    private const int SharesOfThread = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly RunClaims? claims = shared?.Claim();
    private readonly Queue<int> ready = new();
    private readonly Queue<int> elsewhere = new();
    private readonly HashSet<string> begun = new(StringComparer.Ordinal);
    private int next;
    private bool hasTold;

    /// <summary>The index of the next run; null when there is none.</summary>
    /// <param name="stop">Ends a wait for another command.</param>
    /// <param name="isStored">Whether another command has stored it meanwhile.</param>
    public int? Next(CancellationToken stop, out bool isStored)
    {
        isStored = false;
        while (!stop.IsCancellationRequested)
        {
            lock (gate)
            {
                if (ready.Count == 0 && next < tasks.Count)
                    Claim();
                else if (ready.Count == 0 && elsewhere.Count > 0)
                    LookElsewhere();
                if (ready.TryDequeue(out var index))
                {
                    isStored = claims is not null && shared!.Holds(tasks[index].Key);
                    return index;
                }
                if (next >= tasks.Count && elsewhere.Count == 0)
                    return null;
                if (next < tasks.Count)
                    continue;
                TellOfWait();
            }
            stop.WaitHandle.WaitOne(Pause);
        }
        return null;
    }

    /// <summary>Takes note that a run was stored here, or failed and won't be: then others may try it.</summary>
    public void Ended(int index, bool hasFailed)
    {
        lock (gate)
            begun.Remove(Key(index));
        if (hasFailed)
            claims?.GiveBack(Key(index));
    }

    /// <summary>Hands out no more.</summary>
    public void End()
    {
        lock (gate)
        {
            next = tasks.Count;
            ready.Clear();
            elsewhere.Clear();
        }
    }

    /// <summary>Gives claims back.</summary>
    public void Dispose() => claims?.Dispose();

    private void Claim()
    {
        var count = claims is null ? 1 : Math.Clamp((tasks.Count - next) / (SharesOfThread * threads), 1, MostClaimed);
        var range = Enumerable.Range(next, count);
        next += count;
        var taken = claims?.Take([.. range.Select(Key)]).ToHashSet(StringComparer.Ordinal);
        foreach (var index in range)
            (taken is null || (taken.Contains(Key(index)) && begun.Add(Key(index))) ? ready : elsewhere).Enqueue(index);
    }

    // One that was stored, or that nobody is at any more.
    private void LookElsewhere()
    {
        for (var looks = elsewhere.Count; looks > 0 && ready.Count == 0; looks--)
        {
            var index = elsewhere.Dequeue();
            (shared!.Holds(tasks[index].Key) || Begins(Key(index)) ? ready : elsewhere).Enqueue(index);
        }
    }

    private bool Begins(string key) => !begun.Contains(key) && claims!.Take([key]).Count > 0 && begun.Add(key);

    private void TellOfWait()
    {
        if (hasTold || claims!.Holder(Key(elsewhere.Peek())) is not { } holder)
            return;
        hasTold = true;
        var runs = elsewhere.Count == 1 ? "a run" : $"{elsewhere.Count} runs";
        shared!.Tell($"train: waiting for {runs} that another command trains ({holder})");
    }

    private string Key(int index) => tasks[index].Key.Digest;
}
