namespace Pipeline.Diff;

/// <summary>Which results are compared.</summary>
/// <param name="From">A folder, a git revision, or two joined by <c>...</c> for their merge base; null for HEAD.</param>
/// <param name="To">
/// A folder or a git revision; null for what <paramref name="From"/> names behind <c>...</c>, else
/// for the working tree.
/// </param>
/// <param name="FailOn">Which differences make the command fail.</param>
/// <param name="Tolerance">Up to what a number may differ, 0 or more: of numbers up to 1 as it is, of larger ones relative to them.</param>
public sealed record DiffRequest(string? From, string? To, FailOn FailOn, double Tolerance = 0);
