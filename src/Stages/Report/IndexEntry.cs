using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// A study in the index of results. All of it but <see cref="IsStale"/> and <see cref="ClaimRows"/> stands in the study's manifest.
/// </summary>
public sealed record IndexEntry
{
    private static readonly string StudyKey = ManifestEntry.Of(ManifestEntry.Study, "name");
    private static readonly string TitleKey = ManifestEntry.Of(ManifestEntry.Study, "title");
    private static readonly string QuestionKey = ManifestEntry.Of(ManifestEntry.Study, "question");
    private static readonly string DefaultKey = ManifestEntry.Of(ManifestEntry.Study, "default");
    private static readonly string CellsKey = ManifestEntry.Of(ManifestEntry.Study, "cells");
    private static readonly string RunsKey = ManifestEntry.Of(ManifestEntry.Study, "runs");
    private static readonly string DivergedKey = ManifestEntry.Of(ManifestEntry.Study, "diverged");
    private static readonly string BestKey = ManifestEntry.Of(ManifestEntry.Study, "best");
    private static readonly string EqualsKey = ManifestEntry.Of(ManifestEntry.Study, "best_equals");
    private static readonly string AccuracyKey = ManifestEntry.Of(ManifestEntry.Study, "best_accuracy");
    private static readonly string ClaimsKey = ManifestEntry.Of(ManifestEntry.Study, "claims");
    private static readonly string ClaimPKey = ManifestEntry.Of(ManifestEntry.Study, "claim_p");

    /// <summary>The study's name, which is its folder's.</summary>
    public required string Study { get; init; }

    /// <summary>The study's title.</summary>
    public required string Title { get; init; }

    /// <summary>The question that the study answers; empty if it asks none.</summary>
    public required string Question { get; init; }

    /// <summary>Whether the study runs when no experiment is named.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>The number of cells.</summary>
    public required int Cells { get; init; }

    /// <summary>The number of runs.</summary>
    public required int Runs { get; init; }

    /// <summary>How many of the runs diverged.</summary>
    public required int Diverged { get; init; }

    /// <summary>
    /// The values of the best cell, <c>activation=relu, normalization=batch</c>; empty if there is nothing to compare, every run diverged,
    /// or cells are tested by different rows.
    /// </summary>
    public required string Best { get; init; }

    /// <summary>How many other cells have the best one's mean.</summary>
    public int BestEquals { get; init; }

    /// <summary>The best cell's test accuracy in percent, <c>96.3 ± 0.8</c>; empty where <see cref="Best"/> isn't known.</summary>
    public required string BestAccuracy { get; init; }

    /// <summary>How many of the study's claims got which verdict, <c>3 hold, 1 refuted</c>; empty if it makes none.</summary>
    public string Claims { get; init; } = "";

    /// <summary>The p values of the study's statistical claims, as <see cref="JointHolm.Text"/> has them; empty if it makes none.</summary>
    public string ClaimP { get; init; } = "";

    /// <summary>The study's claims, as its <c>claims.csv</c> has them; the caller reads them.</summary>
    public IReadOnlyList<IndexClaim> ClaimRows { get; init; } = [];

    /// <summary>Whether other code or data made the results than those that stand here now; the caller says so.</summary>
    public bool IsStale { get; init; }

    /// <summary>Reads the entry of a study from the manifest of its results.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a manifest, or one without an entry that the index needs.</exception>
    public static IndexEntry Read(ReadOnlyMemory<byte> manifest)
    {
        var entries = ManifestEncoding.Decode(manifest);
        var entry = new IndexEntry
        {
            Study = Text(StudyKey),
            Title = Text(TitleKey),
            Question = Text(QuestionKey),
            IsDefault = Text(DefaultKey) == "true",
            Cells = Number(CellsKey),
            Runs = Number(RunsKey),
            Diverged = Number(DivergedKey),
            Best = Text(BestKey),
            BestEquals = entries.ContainsKey(EqualsKey) ? Number(EqualsKey) : 0,
            BestAccuracy = Text(AccuracyKey),
            Claims = entries.GetValueOrDefault(ClaimsKey, ""),
            ClaimP = entries.GetValueOrDefault(ClaimPKey, ""),
        };
        if (entry.ClaimP.Length > 0)
            JointHolm.Read(entry);
        return entry;

        string Text(string key) =>
            entries.TryGetValue(key, out var text)
                ? text
                : throw new InvalidDataException(
                    $"The manifest of these results lacks '{key}'; write it again with --target=Report."
                );

        int Number(string key) =>
            int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new InvalidDataException(
                    $"'{key}' in the manifest is '{Text(key)}', not a number; write it again with --target=Report."
                );
    }

    /// <summary>The entry of a study whose tables are being written.</summary>
    internal static IndexEntry Of(StudyTables tables)
    {
        var accuracy = new Accuracy(tables);
        var best = accuracy.Sets is [{ Best: [var first, ..] }] ? first : null;
        return new()
        {
            Study = tables.Plan.Study,
            Title = tables.Plan.Title,
            Question = tables.Plan.Question ?? "",
            IsDefault = tables.Plan.Default,
            Cells = tables.Cells.Count,
            Runs = tables.Runs.Count,
            Diverged = tables.Runs.Count(run => run.Outcome == RunOutcome.Diverged),
            Best = best is null
                ? ""
                : string.Join(", ", tables.Plan.Scientific.Zip(best.Values, (axis, value) => $"{axis.Key}={value}")),
            BestEquals = best is null ? 0 : accuracy.Sets[0].Best.Count - 1,
            BestAccuracy = best is null ? "" : accuracy.Percent(best),
            Claims = ClaimText.Counts(tables.Claims),
            ClaimP = JointHolm.Text(tables),
        };
    }

    /// <summary>What the manifest says of the study.</summary>
    internal IEnumerable<KeyValuePair<string, string>> ManifestEntries() =>
        [
            new(StudyKey, Study),
            new(TitleKey, Title),
            new(QuestionKey, Question),
            new(DefaultKey, IsDefault ? "true" : "false"),
            new(CellsKey, Cells.ToString(CultureInfo.InvariantCulture)),
            new(RunsKey, Runs.ToString(CultureInfo.InvariantCulture)),
            new(DivergedKey, Diverged.ToString(CultureInfo.InvariantCulture)),
            new(BestKey, Best),
            .. BestEquals == 0
                ? []
                : (KeyValuePair<string, string>[])[new(EqualsKey, BestEquals.ToString(CultureInfo.InvariantCulture))],
            new(AccuracyKey, BestAccuracy),
            .. Claims.Length == 0 ? [] : (KeyValuePair<string, string>[])[new(ClaimsKey, Claims)],
            .. ClaimP.Length == 0 ? [] : (KeyValuePair<string, string>[])[new(ClaimPKey, ClaimP)],
        ];
}
