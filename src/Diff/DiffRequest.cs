namespace Pipeline.Diff;

/// <summary>Which results are compared.</summary>
/// <param name="From">A folder, a git revision, or two joined by <c>...</c> for their merge base; null for HEAD.</param>
/// <param name="To">
/// A folder or a git revision; null for what <paramref name="From"/> names behind <c>...</c>, else
/// for the working tree.
/// </param>
/// <param name="FailOn">Which differences make the command fail.</param>
public sealed record DiffRequest(string? From, string? To, FailOn FailOn);
