namespace Pipeline.Executors.Slurm;

/// <summary>A task that a command waits for, and what it knows of it.</summary>
/// <param name="folder">The files of its job.</param>
/// <param name="number">Its number.</param>
/// <param name="runs">The positions of its runs among the command's; −1 for those that are none of the command's.</param>
internal sealed class WatchedTask(JobFolder folder, int number, IReadOnlyList<int> runs)
{
    // How a task ended of which nothing more need be said.
    private static readonly string[] PlainStates = ["CANCELLED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "TIMEOUT"];

    private DateTime seen;

    /// <summary>The files of its job.</summary>
    public JobFolder Folder => folder;

    /// <summary>Its number.</summary>
    public int Number => number;

    /// <summary>The positions of its runs among the command's; −1 for those that are none of the command's.</summary>
    public IReadOnlyList<int> Runs => runs;

    /// <summary>What its last attempt told; null where it told nothing.</summary>
    public Attempt? Attempt { get; private set; }

    /// <summary>What squeue told last; null where it told nothing.</summary>
    public QueuedTask? Queued { get; private set; }

    /// <summary>How many looks in turn found that Slurm is done with it.</summary>
    public int LooksSinceGone { get; private set; }

    /// <summary>Whether nothing more is expected of it.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether all of its runs, those of others too, are stored.</summary>
    public bool IsComplete => Attempt is { State: AttemptState.Ended } ended && ended.Done.Count == runs.Count;

    /// <summary>Reads what its attempt told, if that is news.</summary>
    /// <param name="time">When it told something last.</param>
    /// <returns>Whether it was.</returns>
    public bool Read(DateTime time)
    {
        if (time <= seen || folder.ReadAttempt(number) is not { } attempt)
            return false;
        (seen, Attempt) = (time, attempt);
        return true;
    }

    /// <summary>Notes what squeue tells of it; null where it tells nothing, though it answered.</summary>
    public void Note(QueuedTask? queued)
    {
        Queued = queued ?? Queued;
        LooksSinceGone = queued is null or { HasEnded: true } ? LooksSinceGone + 1 : 0;
    }

    /// <summary>What is said of it where it left runs undone.</summary>
    public string Ending()
    {
        var state = Queued?.State;
        var node = Attempt?.Node ?? Queued?.Node;
        var at = string.IsNullOrEmpty(node) ? "" : $" on {node}";
        var name = Queued?.Name ?? $"{number} of {folder.Name}";
        var how = Queued switch
        {
            { State: "TIMEOUT" } => $"reached its time limit{at}",
            { State: "OUT_OF_MEMORY" } => $"ran out of memory{at}",
            { State: "CANCELLED" } => $"was cancelled{at}",
            { State: "NODE_FAIL" or "BOOT_FAIL" } => $"was lost with its node{at}",
            { State: "PREEMPTED" } => $"was preempted{at}",
            { HasEnded: true, State: not "COMPLETED" } queued =>
                $"ended {queued.State}{(queued.Reason is "None" or "" ? "" : $" ({queued.Reason})")}{at}",
            _ => $"has gone{at}",
        };
        var why = Attempt switch
        {
            { Sentence: { } sentence } => $": {sentence}",
            // How it ended says it all.
            null when PlainStates.Contains(state, StringComparer.Ordinal) => "",
            null => LastWords() is { } words
                ? $" without a sign of the worker: {words}"
                : " without a sign of the worker and without a log: is the folder on a file system that all nodes share, and dotnet on each?",
            { State: AttemptState.Running } when Queued is not { HasEnded: true, State: not "COMPLETED" } =>
                " without a word, as a process does that was killed for its memory",
            _ => "",
        };
        return $"task {name} {how}{why} (log: {folder.LogOf(number)})";
    }

    private string? LastWords()
    {
        try
        {
            var lines = File.ReadLines(folder.LogOf(number))
                .Where(line => !string.IsNullOrWhiteSpace(line))
                .TakeLast(2)
                .ToArray();
            return lines.Length == 0 ? null : string.Join(" | ", lines.Select(line => line.Trim()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
