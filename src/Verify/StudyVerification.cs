using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Results;
using Pipeline.Stages.Aggregate;

namespace Pipeline.Verify;

/// <summary>Judges a study's claims anew from its recorded runs.</summary>
internal sealed class StudyVerification(StudyFlow flow, Session session)
{
    private readonly Plan plan = flow.Plan;
    private readonly string shown = session.Shown(flow.ResultsFolder);
    private readonly StudyResults results = StudyResults.Open(flow.ResultsFolder, session.Shown(flow.ResultsFolder));

    /// <summary>The files that are not as they were written, as sentences without an end.</summary>
    /// <exception cref="PipelineException">The manifest is missing or damaged, or a file can't be read.</exception>
    public IEnumerable<string> Edits() =>
        results
            .Manifest.Files.Keys.Where(name => !results.Has(name) || results.IsEdited(name))
            .Select(name =>
                results.Has(name)
                    ? $"{shown}/{name} was changed after it was written: its digest is not the manifest's"
                    : $"{shown}/{name} is missing"
            );

    /// <summary>Compares the verdicts that the recorded runs give with those recorded, and counts.</summary>
    /// <param name="changes">Where to add, for each claim that is not as recorded, what it was and what it is.</param>
    /// <exception cref="PipelineException">A file of the results is missing or damaged.</exception>
    public VerifyCounts Run(List<string> changes)
    {
        var differing = flow.Differing(results.Manifest.Provenance);
        if (differing.FirstOrDefault(part => part != ManifestEntry.Plan) is { } part)
            return Stale($"the manifest's {part} is not that of what stands here now");
        StudyTables tables;
        try
        {
            tables = results.Read(ResultFiles.Runs, Judged);
        }
        catch (PipelineException e) when (differing.Count > 0 && e.InnerException is InvalidDataException)
        {
            // The study was edited since. As long as its runs are the same, its claims can be judged by them.
            return Stale("its runs are not the study's any more");
        }
        return Compare(tables.Claims, RecordedClaims(), changes);
    }

    private StudyTables Judged(byte[] bytes)
    {
        var (recorded, metrics, runs) = RunsFile.Read(bytes, plan);
        try
        {
            return Aggregator.HasSeedsOfItsRounds(recorded, metrics, runs)
                ? Aggregator.Tables(recorded, metrics, runs)
                : throw new InvalidDataException(
                    "its cells have other numbers of seeds than those that its claims lead to; write it again with --target=Report."
                );
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"{e.Message.TrimEnd('.')}; write it again with --target=Report.", e);
        }
    }

    /// <summary>The recorded rows by the words of their claims; none where the report was of no claims.</summary>
    private Dictionary<string, ClaimRow> RecordedClaims()
    {
        if (results.IsWithout(ResultFiles.Claims))
            return [];
        return new(results.Read(ResultFiles.Claims, bytes => ClaimsFile.Read(bytes)), StringComparer.Ordinal);
    }

    private VerifyCounts Compare(
        IReadOnlyList<ClaimRow> rows,
        Dictionary<string, ClaimRow> recorded,
        List<string> changes
    )
    {
        var unchanged = new List<ClaimVerdict>();
        var before = changes.Count;
        foreach (var (claim, row) in plan.Claims.Zip(rows))
        {
            if (!recorded.Remove(claim.Says, out var old))
                Change($"'{claim.Says}' is not recorded, and is {Finding(row)}");
            else if (old.Verdict != row.Verdict)
                Change($"'{claim.Says}' was recorded as {Finding(old)}, and is {Finding(row)}");
            else
                unchanged.Add(row.Verdict);
        }
        foreach (var (says, old) in recorded)
            Change($"'{says}' was recorded as {Finding(old)}, and is no claim of the study");
        if (Count(ClaimVerdict.NotEvaluated) is > 0 and var notEvaluated)
            session.Output.WriteLine(
                $"{plan.Study}: {notEvaluated} claims are not evaluated, because their cells are no part of the plan"
            );
        return new(
            Count(ClaimVerdict.Holds),
            Count(ClaimVerdict.Refuted),
            Count(ClaimVerdict.Undecided),
            changes.Count - before,
            0
        );

        int Count(ClaimVerdict verdict) => unchanged.Count(v => v == verdict);

        void Change(string what)
        {
            changes.Add($"{plan.Study}: {what}");
            session.Output.WriteLine(changes[^1]);
        }
    }

    private VerifyCounts Stale(string why)
    {
        session.Output.WriteLine($"{plan.Study}: {shown} is stale: {why}");
        return VerifyCounts.None with { Stale = plan.Claims.Count };
    }

    /// <summary>A verdict and what it rests on: <c>holds (effect 0.42, adjusted p 0.0012, of the opposite 1)</c>.</summary>
    private static string Finding(ClaimRow row)
    {
        var verdict = EnumText.Words(row.Verdict);
        string[] parts =
        [
            .. row.Reason is { } reason ? [reason] : Array.Empty<string>(),
            .. row.Effect is { } effect ? [$"effect {Number(effect)}"] : Array.Empty<string>(),
            .. row.AdjustedP is { } p ? [$"adjusted p {Number(p)}"] : Array.Empty<string>(),
            .. row.AdjustedOppositeP is { } opposite ? [$"of the opposite {Number(opposite)}"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? verdict : $"{verdict} ({string.Join(", ", parts)})";

        static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
    }
}
