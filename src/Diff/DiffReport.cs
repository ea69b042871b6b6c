using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>What two results differ in: what the page and the JSON file tell.</summary>
/// <param name="From">The old side.</param>
/// <param name="To">The new side.</param>
/// <param name="Tolerance">Which differences of numbers are none.</param>
/// <param name="Studies">The studies of both sides, in ordinal order of their names.</param>
internal sealed record DiffReport(DiffSide From, DiffSide To, Tolerance Tolerance, IReadOnlyList<StudyDiff> Studies)
{
    private const string Unknown = "What made the two results is not known: a manifest.json is missing.";
    private const string Unexplained =
        "Plan, data, code and packages are the same on both sides: files were changed by hand, or come from elsewhere.";

    /// <summary>The numbers of the closing line.</summary>
    public DiffCounts Counts { get; } = DiffCounts.Of(Studies);

    /// <summary>Compares two sides.</summary>
    /// <param name="from">The old side.</param>
    /// <param name="to">The new side.</param>
    /// <param name="names">The studies to look at.</param>
    /// <param name="causes">Tells why a study differs.</param>
    /// <param name="tolerance">Which differences of numbers are none.</param>
    public static DiffReport Of(
        DiffSide from,
        DiffSide to,
        IEnumerable<string> names,
        Causes causes,
        Tolerance tolerance
    )
    {
        var studies = new List<StudyDiff>();
        foreach (var name in names)
        {
            var (old, now) = (from.Studies.GetValueOrDefault(name), to.Studies.GetValueOrDefault(name));
            try
            {
                var diff = StudyComparison.Of(name, old, now, tolerance);
                studies.Add(diff.Files.Count == 0 ? diff : Explained(diff, causes.Of(name, old!, now!)));
            }
            catch (PipelineException e)
            {
                studies.Add(NotCompared(name, e.Message));
            }
        }
        return new(from, to, tolerance, studies);
    }

    private static StudyDiff NotCompared(string name, string why)
    {
        var none = ItemCounts.Of(Presence.Both, 0);
        return new()
        {
            Study = name,
            Presence = Presence.Both,
            CellCounts = none,
            RunCounts = none,
            ClaimCounts = none,
            Unreadable = why,
            Notes = [why],
        };
    }

    private static StudyDiff Explained(StudyDiff diff, IReadOnlyList<Cause>? causes) =>
        diff with
        {
            Causes = causes ?? [],
            Notes =
            [
                .. diff.Notes,
                .. causes is null ? [Unknown]
                : causes.Count == 0 ? (string[])[Unexplained]
                : [],
            ],
        };
}
