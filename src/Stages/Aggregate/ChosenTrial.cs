using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate;

/// <summary>A trial of a cell, at first any, then the one that validation chose.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Runs">Its runs, a run a seed, in the order of the seeds.</param>
internal readonly record struct ChosenTrial(int Trial, ArraySegment<RunRow> Runs);
