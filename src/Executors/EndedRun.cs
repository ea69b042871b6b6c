using Pipeline.Artifacts;

namespace Pipeline.Executors;

/// <summary>
/// How a run ended: with a result, completed or diverged, or with an error; with neither where it is stored already, by another command,
/// as an equal run of this one, or by the machine that trained it.
/// </summary>
/// <param name="Index">Its position among the tasks.</param>
/// <param name="Result">What it found; null where it failed or is stored.</param>
/// <param name="Error">Why it failed; null where it didn't.</param>
public readonly record struct EndedRun(int Index, RunResult? Result, Exception? Error)
{
    /// <summary>Whether what is stored was trained for this command, by a machine that stored it.</summary>
    public bool IsStoredForThis { get; init; }
}
