namespace Pipeline.Stages.Train;

/// <summary>That a run diverged.</summary>
/// <param name="Step">The training step at which it was seen, from 0.</param>
/// <param name="Reason">What was seen.</param>
internal sealed record Divergence(int Step, string Reason);
