namespace Pipeline.Artifacts;

/// <summary>What of a study has been run so far.</summary>
/// <param name="Of">How many runs the whole study has, as far as is known.</param>
/// <param name="Trials">The trials that have a run, ascending, and with how many of the seeds, from the first.</param>
public sealed record SoFar(int Of, IReadOnlyList<TrialSeeds> Trials);
