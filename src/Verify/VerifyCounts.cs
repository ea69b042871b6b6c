namespace Pipeline.Verify;

/// <summary>How recorded verdicts stand; the numbers of the closing line. Claims that are not evaluated are in none of them.</summary>
/// <param name="Hold">Claims that hold, as recorded.</param>
/// <param name="Refuted">Claims that are refuted, as recorded.</param>
/// <param name="Undecided">Claims that are undecided, as recorded.</param>
/// <param name="Changed">Claims whose verdict is not as recorded, or that stand only in the study or only among what is recorded.</param>
/// <param name="Stale">Claims of results that other code, data or runs made.</param>
internal sealed record VerifyCounts(int Hold, int Refuted, int Undecided, int Changed, int Stale)
{
    /// <summary>Nothing counted yet.</summary>
    public static VerifyCounts None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>All that are counted.</summary>
    public int Claims => Hold + Refuted + Undecided + Changed + Stale;

    /// <summary>Adds the counts of another study.</summary>
    public static VerifyCounts operator +(VerifyCounts x, VerifyCounts y) =>
        new(
            x.Hold + y.Hold,
            x.Refuted + y.Refuted,
            x.Undecided + y.Undecided,
            x.Changed + y.Changed,
            x.Stale + y.Stale
        );

    /// <summary>The line that scripts rely on.</summary>
    public override string ToString() =>
        $"verify: {Claims} claims: {Hold} hold, {Refuted} refuted, {Undecided} undecided, {Changed} changed, {Stale} stale";
}
