using Pipeline.Artifacts;

namespace Pipeline.Executors;

/// <summary>How a run ended: with a result, completed or diverged, or with an error.</summary>
/// <param name="Index">Its position among the tasks.</param>
/// <param name="Result">What it found; null where it failed.</param>
/// <param name="Error">Why it failed; null where it has a result.</param>
public readonly record struct EndedRun(int Index, RunResult? Result, Exception? Error);
