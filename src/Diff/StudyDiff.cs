using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>What two records of one study differ in.</summary>
internal sealed record StudyDiff
{
    /// <summary>The study's name.</summary>
    public required string Study { get; init; }

    /// <summary>Whether one side alone has it.</summary>
    public required Presence Presence { get; init; }

    /// <summary>Cells; those of a study that one side alone has are added or removed.</summary>
    public required ItemCounts CellCounts { get; init; }

    /// <summary>Runs, told by their values on all axes and their seed.</summary>
    public required ItemCounts RunCounts { get; init; }

    /// <summary>Claims, told by their words.</summary>
    public required ItemCounts ClaimCounts { get; init; }

    /// <summary>The cells that both sides have and that changed, the largest difference first.</summary>
    public IReadOnlyList<CellDiff> Cells { get; init; } = [];

    /// <summary>The claims that differ; those with another verdict first.</summary>
    public IReadOnlyList<ClaimDiff> Claims { get; init; } = [];

    /// <summary>What made the two results and differs.</summary>
    public IReadOnlyList<Cause> Causes { get; init; } = [];

    /// <summary>Why the study can't be compared, a sentence; null where it can.</summary>
    public string? Unreadable { get; init; }

    /// <summary>What else the reader should know, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The names of the files that differ.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether both sides have the same to the last bit, or what differs of their numbers is within a tolerance.</summary>
    public bool IsEqual => Presence == Presence.Both && Unreadable is null && (Files.Count == 0 || IsWithin);

    /// <summary>Whether files differ, but all runs, cells and claims are the same within a tolerance above 0.</summary>
    public bool IsWithin { get; init; }
}

/// <summary>Which side has a thing.</summary>
internal enum Presence
{
    /// <summary>Both.</summary>
    Both,

    /// <summary>The new side alone.</summary>
    Added,

    /// <summary>The old side alone.</summary>
    Removed,
}

/// <summary>How many things of a kind differ, and how.</summary>
/// <param name="Added">Those that the new side alone has.</param>
/// <param name="Removed">Those that the old side alone has.</param>
/// <param name="Changed">Those that both have, with other values.</param>
/// <param name="Equal">Those that are the same to the last bit.</param>
internal sealed record ItemCounts(int Added, int Removed, int Changed, int Equal)
{
    /// <summary>The counts of things that one side alone has, or that are all equal.</summary>
    public static ItemCounts Of(Presence presence, int count) =>
        presence switch
        {
            Presence.Added => new(count, 0, 0, 0),
            Presence.Removed => new(0, count, 0, 0),
            _ => new(0, 0, 0, count),
        };

    /// <summary>Whether all are the same.</summary>
    public bool AllEqual => Added + Removed + Changed == 0;

    /// <summary>What there is any of: <c>3 changed, 12 equal</c>; <c>none</c> where there is nothing.</summary>
    public override string ToString()
    {
        (int Count, string What)[] all =
        [
            (Changed, "changed"),
            (Added, "added"),
            (Removed, "removed"),
            (Equal, "equal"),
        ];
        var parts = all.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.What}").ToList();
        return parts.Count == 0 ? "none" : string.Join(", ", parts);
    }
}

/// <summary>A claim that differs.</summary>
/// <param name="Says">Its words.</param>
/// <param name="Old">Its row on the old side, or null where it isn't there.</param>
/// <param name="Now">Its row on the new side, or null where it isn't there.</param>
/// <param name="Tolerance">Which differences of numbers are none.</param>
internal sealed record ClaimDiff(string Says, ClaimRow? Old, ClaimRow? Now, Tolerance Tolerance)
{
    /// <summary>Which side has it.</summary>
    public Presence Presence =>
        Old is null ? Presence.Added
        : Now is null ? Presence.Removed
        : Presence.Both;

    /// <summary>
    /// Whether one side alone has it, or they say something else. The effect's size follows from what it rests on, and
    /// tables of earlier versions lack it.
    /// </summary>
    public bool HasChanged =>
        Old is null
        || Now is null
        || IsFlipped
        || !Tolerance.Covers(Old.Effect, Now.Effect)
        || !Tolerance.Covers(Old.P, Now.P)
        || !Tolerance.Covers(Old.AdjustedP, Now.AdjustedP)
        || !Tolerance.Covers(Old.VerdictP, Now.VerdictP);

    /// <summary>Whether both sides have it, with different verdicts.</summary>
    public bool IsFlipped => Presence == Presence.Both && Old!.Verdict != Now!.Verdict;
}
