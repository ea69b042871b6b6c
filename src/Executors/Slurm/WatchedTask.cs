using System.Diagnostics;

namespace Pipeline.Executors.Slurm;

/// <summary>A task that a command waits for, and what it knows of it.</summary>
/// <param name="folder">The files of its job.</param>
/// <param name="number">Its number.</param>
/// <param name="runs">The positions of its runs among the command's; −1 for those that are none of the command's.</param>
/// <param name="threads">The most runs that it trains at once; null for as many as it has CPUs, or where that isn't known.</param>
internal sealed class WatchedTask(JobFolder folder, int number, IReadOnlyList<int> runs, int? threads = null)
{
    // How a task ended of which nothing more need be said.
    private static readonly string[] PlainStates = ["CANCELLED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "TIMEOUT"];

    // Files show late on a shared file system: what was looked for in vain is remembered for a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const int LooksBeforeGone = 2;

    private AttemptFile? seen;
    private long goneSince;
    private int looksSinceGone;

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

    /// <summary>The most runs that it trains at once; null for as many as it has CPUs, or where that isn't known.</summary>
    public int? Threads => threads;

    /// <summary>Whether Slurm is done with it.</summary>
    public bool IsGone => looksSinceGone > 0;

    /// <summary>Whether nothing more is expected of it.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether all of its runs, those of others too, are stored.</summary>
    public bool IsComplete => Attempt?.HasStoredAll(runs.Count) is true;

    /// <summary>Reads what its last attempt told, if that is news.</summary>
    /// <param name="file">Where it told that; null where it told nothing.</param>
    public void Read(AttemptFile? file)
    {
        if (file is not null && file != seen && folder.ReadAttempt(file) is { } attempt)
            (seen, Attempt) = (file, attempt);
    }

    /// <summary>Notes what squeue tells of it; null where it tells nothing, though it answered.</summary>
    public void Note(QueuedTask? queued)
    {
        Queued = queued ?? Queued;
        if (queued is { HasEnded: false })
            looksSinceGone = 0;
        else if (++looksSinceGone == 1)
            goneSince = Stopwatch.GetTimestamp();
    }

    /// <summary>Whether it is given up: Slurm is done with it, and nothing more of it will be seen.</summary>
    /// <param name="patience">How long that may take where it may have gone well; null for what suits a shared file system.</param>
    public bool IsLost(TimeSpan? patience = null) =>
        !IsOver
        && looksSinceGone >= LooksBeforeGone
        && (
            // It went through its runs, or was killed so that no exit code tells; or all that is left is to see what it stored.
            (Queued is { HasEnded: true, State: not "COMPLETED" } && Attempt is not { State: AttemptState.Ended })
            || Attempt?.State is AttemptState.Stopped or AttemptState.Refused
            || folder.IsGone
            || Stopwatch.GetElapsedTime(goneSince) >= (patience ?? (Attempt is null ? TimeSpan.Zero : Patience))
        );

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
