using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// What the page knows of a study, as JSON: axes with their values; cells and runs by the positions of their values on the axes; single runs
/// and curves column by column with three significant digits, means with four.
/// </summary>
internal static class StudyData
{
    private const string MeanDigits = "G4";
    private const string RunDigits = "G3";

    public static ReadOnlySpan<byte> Write(StudyTables tables, IReadOnlyList<IReadOnlyDictionary<string, double[]>> curves)
    {
        var plan = tables.Plan;
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("source", plan.Source);
        json.WriteStartObject("fixed");
        foreach (var key in plan.Fixed.Keys)
            json.WriteString(key, plan.Fixed[key].ToString());
        json.WriteEndObject();
        Axes(json, "scientific", plan.Scientific);
        Axes(json, "nuisance", plan.Nuisance);
        Array(json, "metrics", tables.Metrics, json.WriteStringValue);
        Array(json, "claims", plan.Claims.Zip(tables.Claims), pair => Claim(json, plan, pair.First, pair.Second));
        Cells(json, tables);
        Runs(json, tables);
        Curves(json, tables, curves);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static void Axes(Utf8JsonWriter json, string name, IReadOnlyList<Axis> axes) => Array(json, name, axes, axis =>
    {
        json.WriteStartObject();
        json.WriteString("key", axis.Key);
        Array(json, "values", axis.Values, value => json.WriteStringValue(value.ToString()));
        json.WriteEndObject();
    });

    private static void Claim(Utf8JsonWriter json, Plan plan, Claim claim, ClaimRow row)
    {
        json.WriteStartObject();
        json.WriteString("verdict", ClaimText.Name(row.Verdict).Replace('_', ' '));
        json.WriteString("says", claim.Says);
        json.WriteString("source", claim.Source);
        json.WriteString("basis", claim.Basis);
        json.WriteString("metric", claim.Metric);
        json.WriteString("left", ClaimText.Cell(plan.Scientific, claim.Left, row.BestLeft));
        json.WriteString("note", row.Reason ?? (row.Verdict == ClaimVerdict.Refuted ? claim.Explanation : null));
        Named(json, "effect", row.Effect, MeanDigits);
        Named(json, "low", row.Low, MeanDigits);
        Named(json, "high", row.High, MeanDigits);
        Named(json, "p", row.Verdict == ClaimVerdict.Refuted ? row.AdjustedOppositeP : row.AdjustedP, RunDigits);
        json.WriteEndObject();
    }

    private static void Cells(Utf8JsonWriter json, StudyTables tables)
    {
        var scientific = Positions(tables.Plan.Scientific);
        var nuisance = Positions(tables.Plan.Nuisance);
        Array(json, "cells", tables.Cells, cell =>
        {
            json.WriteStartObject();
            At(json, "at", scientific, cell.Values);
            At(json, "chosen", nuisance, cell.Chosen);
            json.WriteNumber("runs", cell.Runs);
            json.WriteNumber("diverged", cell.Diverged);
            Array(json, "metrics", cell.Metrics, estimate => Array(
                json, null, [estimate.Mean, estimate.Low, estimate.High], value => Number(json, value, MeanDigits)));
            json.WriteEndObject();
        });
    }

    private static void Runs(Utf8JsonWriter json, StudyTables tables)
    {
        var positions = Positions(tables.Plan.Axes());
        json.WriteStartObject("runs");
        Array(json, "id", tables.Runs, run => json.WriteStringValue(run.Run));
        Array(json, "at", tables.Runs, run => At(json, null, positions, run.Values));
        Array(json, "seed", tables.Runs, run => json.WriteNumberValue(run.Seed));
        Array(json, "diverged", tables.Runs, run => json.WriteBooleanValue(run.Outcome == RunOutcome.Diverged));
        Array(json, "step", tables.Runs, run => Number(json, run.Step, "G"));
        Array(json, "metrics", Enumerable.Range(0, tables.Metrics.Count), metric =>
            Array(json, null, tables.Runs, run => Number(json, run.Metrics.Count > metric ? run.Metrics[metric] : null, RunDigits)));
        json.WriteEndObject();
    }

    private static void Curves(Utf8JsonWriter json, StudyTables tables, IReadOnlyList<IReadOnlyDictionary<string, double[]>> curves)
    {
        var epochs = Thinning.Epochs(curves.SelectMany(run => run.Values).Select(curve => curve.Length).DefaultIfEmpty(0).Max());
        Array(json, "epochs", epochs, json.WriteNumberValue);
        json.WriteStartObject("curves");
        foreach (var name in curves.SelectMany(run => run.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            Array(json, name, curves, run => Points(json, epochs, run.TryGetValue(name, out var curve) ? curve : [], value => value, RunDigits));
        json.WriteEndObject();
        Array(json, "bands", tables.Curves, band =>
        {
            json.WriteStartObject();
            json.WriteNumber("cell", band.Cell);
            json.WriteString("curve", band.Curve);
            json.WritePropertyName("mean");
            Points(json, epochs, band.Mean, value => value, MeanDigits);
            json.WritePropertyName("half");
            Points(json, epochs, band.Half, value => value, RunDigits);
            json.WriteEndObject();
        });
    }

    private static void Points<T>(Utf8JsonWriter json, int[] epochs, IReadOnlyList<T> curve, Func<T, double?> value, string digits) =>
        Array(json, null, epochs.TakeWhile(epoch => epoch <= curve.Count), epoch => Number(json, value(curve[epoch - 1]), digits));

    private static Dictionary<Scalar, int>[] Positions(IReadOnlyList<Axis> axes) =>
        [.. axes.Select(axis => axis.Values.Select((value, position) => (value, position)).ToDictionary(pair => pair.value, pair => pair.position))];

    private static void At(Utf8JsonWriter json, string? name, Dictionary<Scalar, int>[] positions, IReadOnlyList<Scalar> values) =>
        Array(json, name, values.Zip(positions, (value, axis) => axis[value]), json.WriteNumberValue);

    private static void Array<T>(Utf8JsonWriter json, string? name, IEnumerable<T> items, Action<T> write)
    {
        if (name is not null)
            json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }

    private static void Named(Utf8JsonWriter json, string name, double? value, string digits)
    {
        json.WritePropertyName(name);
        Number(json, value, digits);
    }

    private static void Number(Utf8JsonWriter json, double? value, string digits)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteRawValue(number.ToString(digits, CultureInfo.InvariantCulture), skipInputValidation: true);
        else
            json.WriteNullValue();
    }
}
