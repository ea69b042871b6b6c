using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors;

/// <summary>A run that is to be trained, with all that a process elsewhere needs to know of it.</summary>
/// <param name="Key">The key under which its result is stored.</param>
/// <param name="Parameters">What Train reads of its parameters.</param>
/// <param name="Data">The path of its prepared data, verified.</param>
/// <param name="Backend">The name of the backend that its parameters ask for.</param>
public sealed record RunTask(StageKey Key, Parameters Parameters, string Data, string Backend);
