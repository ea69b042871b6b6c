using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>A difference as JSON, for programs: everything that the page tells, at full precision and without its limits.</summary>
internal static class DiffJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = CanonicalJson.Encoder,
    };

    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(DiffReport report)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            Side(json, "from", report.From);
            Side(json, "to", report.To);
            json.WriteNumber("tolerance", report.Tolerance.Most);
            json.WriteBoolean("differs", report.Counts.IsAny);
            json.WriteNumber("cells_changed", report.Counts.Cells);
            json.WriteNumber("significant", report.Counts.Significant);
            json.WriteNumber("verdicts_flipped", report.Counts.Flipped);
            List(json, "studies", report.Studies, Study);
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Side(Utf8JsonWriter json, string name, DiffSide side)
    {
        json.WriteStartObject(name);
        json.WriteString("name", side.Name);
        json.WriteString("commit", side.Commit);
        json.WriteBoolean("has_results", side.Files is not null);
        json.WriteEndObject();
    }

    private static void Study(Utf8JsonWriter json, StudyDiff study)
    {
        json.WriteString("study", study.Study);
        json.WriteString(
            "change",
            study.Unreadable is not null ? "not_compared"
                : study.IsWithin ? "within_tolerance"
                : study.IsEqual ? "equal"
                : Change(study.Presence)
        );
        Counts(json, "cells", study.CellCounts);
        Counts(json, "runs", study.RunCounts);
        Counts(json, "claims", study.ClaimCounts);
        Texts(json, "notes", study.Notes);
        Texts(json, "files", study.Files);
        List(json, "causes", study.Causes, Cause);
        List(json, "changed_cells", study.Cells, Cell);
        List(json, "changed_claims", study.Claims, Claim);
    }

    private static string Change(Presence presence) =>
        presence == Presence.Both ? "changed"
        : presence == Presence.Added ? "added"
        : "removed";

    private static void Counts(Utf8JsonWriter json, string name, ItemCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("added", counts.Added);
        json.WriteNumber("removed", counts.Removed);
        json.WriteNumber("changed", counts.Changed);
        json.WriteNumber("equal", counts.Equal);
        json.WriteEndObject();
    }

    private static void Cause(Utf8JsonWriter json, Cause cause)
    {
        json.WriteString("key", cause.Key);
        json.WriteString("old", cause.Old);
        json.WriteString("new", cause.Now);
        json.WriteBoolean("uncommitted", cause.IsUncommitted);
        List(
            json,
            "commits",
            cause.Commits,
            (json, commit) =>
            {
                json.WriteString("id", commit.Id);
                json.WriteString("subject", commit.Subject);
                json.WriteString("side", commit.IsOld ? "from" : "to");
            }
        );
    }

    private static void Cell(Utf8JsonWriter json, CellDiff cell)
    {
        json.WriteString("cell", cell.Cell);
        Pair(json, CellDiff.Tested, cell.Accuracy.Old, cell.Accuracy.Now);
        Number(json, "difference", cell.Difference?.Mean);
        Number(json, "low", cell.Difference?.Low);
        Number(json, "high", cell.Difference?.High);
        Number(json, "effect_size", cell.Difference?.EffectSize);
        Number(json, "p", cell.Difference?.P);
        Number(json, "p_adjusted", cell.AdjustedP);
        json.WriteBoolean("significant", cell.IsSignificant);
        json.WriteBoolean("too_few_seeds", cell.HasTooFewSeeds);
        Number(json, "standard_error", cell.Difference?.StandardError);
        Number(json, "detectable", cell.Detectable);
        json.WriteNumber("pairs", cell.Difference?.Pairs ?? 0);
        Pair(json, "runs", cell.Old.Row.Runs, cell.Now.Row.Runs);
        Pair(json, "diverged", cell.Old.Row.Diverged, cell.Now.Row.Diverged);
        Texts(json, "chosen_old", cell.Old.Chosen);
        Texts(json, "chosen_new", cell.Now.Chosen);
        json.WriteStartObject("metrics");
        foreach (var (metric, old, now) in cell.Others)
            Pair(json, metric, old, now);
        json.WriteEndObject();
    }

    private static void Claim(Utf8JsonWriter json, ClaimDiff claim)
    {
        json.WriteString("claim", claim.Says);
        json.WriteString("change", claim.IsFlipped ? "flipped" : Change(claim.Presence));
        json.WriteString("verdict_old", Verdict(claim.Old));
        json.WriteString("verdict_new", Verdict(claim.Now));
        Pair(json, "effect", claim.Old?.Effect, claim.Now?.Effect);
        Pair(json, "effect_size", claim.Old?.EffectSize, claim.Now?.EffectSize);
        Pair(json, "p_adjusted", claim.Old?.AdjustedP, claim.Now?.AdjustedP);
        Pair(json, "p_opposite_adjusted", claim.Old?.AdjustedOppositeP, claim.Now?.AdjustedOppositeP);
    }

    private static string? Verdict(ClaimRow? row) => row is null ? null : EnumText.Name(row.Verdict);

    private static void Pair(Utf8JsonWriter json, string name, double? old, double? now)
    {
        json.WriteStartObject(name);
        Number(json, "old", old);
        Number(json, "new", now);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void List<T>(
        Utf8JsonWriter json,
        string name,
        IReadOnlyList<T> items,
        Action<Utf8JsonWriter, T> write
    )
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
