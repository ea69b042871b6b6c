namespace Pipeline.Executors;

/// <summary>How the tasks are that have runs elsewhere.</summary>
/// <param name="Lines">What is to be told of them, a line each.</param>
/// <param name="Running">The number of tasks that run.</param>
/// <param name="Pending">The number of tasks that wait.</param>
/// <param name="Failed">The number of runs that failed, as the last attempts at them told.</param>
public sealed record RunsElsewhere(IReadOnlyList<string> Lines, int Running, int Pending, int Failed);
