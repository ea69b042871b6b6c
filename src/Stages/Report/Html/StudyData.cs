using System.Buffers;
using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// What the page knows of a study, as JSON: axes with their values; cells and runs by the positions of their values on
/// the axes; single runs and curves column by column with three significant digits, means with four, whole numbers
/// below a million in full.
/// </summary>
internal static class StudyData
{
    private const int MeanDigits = 4;
    private const int RunDigits = 3;

    public static ReadOnlySpan<byte> Write(
        StudyTables tables,
        IReadOnlyList<IReadOnlyDictionary<string, double[]>> curves,
        SamplesData samples
    )
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
        json.WriteArray("metrics", tables.Metrics, json.WriteStringValue);
        Colours(json, tables);
        json.WriteArray("claims", plan.Claims.Zip(tables.Claims), pair => Claim(json, plan, pair.First, pair.Second));
        Cells(json, tables);
        Runs(json, tables);
        Curves(json, tables, curves);
        LayersData.Write(json, tables);
        samples.Write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static void Axes(Utf8JsonWriter json, string name, IReadOnlyList<Axis> axes) =>
        json.WriteArray(
            name,
            axes,
            axis =>
            {
                json.WriteStartObject();
                json.WriteString("key", axis.Key);
                json.WriteArray("values", axis.Values, value => json.WriteStringValue(value.ToString()));
                json.WriteEndObject();
            }
        );

    private static void Claim(Utf8JsonWriter json, Plan plan, Claim claim, ClaimRow row)
    {
        json.WriteStartObject();
        json.WriteString("verdict", EnumText.Words(row.Verdict));
        json.WriteString("says", claim.Says);
        json.WriteString("source", claim.Source);
        json.WriteString("basis", claim.Basis);
        json.WriteString("metric", claim.Metric);
        json.WriteString("compared", ClaimText.Compared(plan.Scientific, claim, row));
        json.WriteString(
            "note",
            row.Reason is not null ? ClaimText.Reason(row)
                : row.Verdict == ClaimVerdict.Refuted ? claim.Explanation
                : null
        );
        json.WriteString("signs", ClaimText.Signs(row) is { Length: > 0 } signs ? signs : null);
        json.WriteBoolean("ratio", claim.Factor is not null);
        json.WriteRounded("effect", row.Effect, MeanDigits);
        json.WriteRounded("low", row.Low, MeanDigits);
        json.WriteRounded("high", row.High, MeanDigits);
        json.WriteRounded("size", row.EffectSize, RunDigits);
        json.WriteRounded("p", row.VerdictP, digits: null);
        json.WriteString("shown_p", ClaimText.ShownP(row));
        json.WriteEndObject();
    }

    // For each metric where its colours begin and end and which end is the good one, as heat maps have them; null on a logarithmic scale.
    private static void Colours(Utf8JsonWriter json, StudyTables tables)
    {
        var accuracy = new Accuracy(tables);
        json.WriteArray(
            "colours",
            tables.Metrics.Select(name => new CellMetric(tables, name)),
            metric =>
            {
                var scale = new HeatScale(tables, metric, accuracy).Scale;
                if (scale.IsLogarithmic)
                {
                    json.WriteNullValue();
                    return;
                }
                var unit = metric.IsPercent ? 100 : 1;
                json.WriteArray(
                    null,
                    [scale.Low / unit, scale.High / unit, metric.Goodness],
                    value => json.WriteRoundedValue(value, MeanDigits)
                );
            }
        );
    }

    private static void Cells(Utf8JsonWriter json, StudyTables tables)
    {
        var scientific = Positions(tables.Plan.Scientific);
        var nuisance = Positions(tables.Plan.Nuisance);
        json.WriteArray(
            "cells",
            tables.Cells,
            cell =>
            {
                json.WriteStartObject();
                At(json, "at", scientific, cell.Values);
                At(json, "chosen", nuisance, cell.Chosen);
                json.WriteNumber("runs", cell.Runs);
                json.WriteNumber("diverged", cell.Diverged);
                json.WriteArray(
                    "metrics",
                    cell.Metrics,
                    estimate =>
                        json.WriteArray(
                            null,
                            [estimate.Mean, estimate.Low, estimate.High],
                            value => json.WriteRoundedValue(value, MeanDigits)
                        )
                );
                json.WriteEndObject();
            }
        );
    }

    private static void Runs(Utf8JsonWriter json, StudyTables tables)
    {
        var positions = Positions(tables.Plan.Axes());
        json.WriteStartObject("runs");
        json.WriteArray("id", tables.Runs, run => json.WriteStringValue(run.Run));
        json.WriteArray("at", tables.Runs, run => At(json, null, positions, run.Values));
        json.WriteArray("seed", tables.Runs, run => json.WriteNumberValue(run.Seed));
        json.WriteArray("diverged", tables.Runs, run => json.WriteBooleanValue(run.Outcome == RunOutcome.Diverged));
        json.WriteArray(
            "step",
            tables.Runs,
            run => json.WriteRoundedValue(run.Outcome == RunOutcome.Diverged ? run.Steps : null, digits: null)
        );
        json.WriteArray(
            "metrics",
            Enumerable.Range(0, tables.Metrics.Count),
            metric =>
                json.WriteArray(
                    null,
                    tables.Runs,
                    run => json.WriteRoundedValue(run.Metrics.Count > metric ? run.Metrics[metric] : null, RunDigits)
                )
        );
        json.WriteEndObject();
    }

    private static void Curves(
        Utf8JsonWriter json,
        StudyTables tables,
        IReadOnlyList<IReadOnlyDictionary<string, double[]>> curves
    )
    {
        var epochs = Thinning.Epochs(
            curves.SelectMany(run => run.Values).Select(curve => curve.Length).DefaultIfEmpty(0).Max(),
            curves.Count
        );
        json.WriteArray("epochs", epochs, json.WriteNumberValue);
        json.WriteStartObject("curves");
        foreach (
            var name in curves
                .SelectMany(run => run.Keys)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
            json.WriteArray(
                name,
                curves,
                run =>
                    Points(json, epochs, run.TryGetValue(name, out var curve) ? curve : [], value => value, RunDigits)
            );
        json.WriteEndObject();
        json.WriteArray(
            "bands",
            tables.Curves,
            band =>
            {
                json.WriteStartObject();
                json.WriteNumber("cell", band.Cell);
                json.WriteString("curve", band.Curve);
                json.WritePropertyName("mean");
                Points(json, epochs, band.Mean, value => value, MeanDigits);
                json.WritePropertyName("half");
                Points(json, epochs, band.Half, value => value, RunDigits);
                json.WriteEndObject();
            }
        );
    }

    private static void Points<T>(
        Utf8JsonWriter json,
        int[] epochs,
        IReadOnlyList<T> curve,
        Func<T, double?> value,
        int digits
    ) =>
        json.WriteArray(
            null,
            epochs.TakeWhile(epoch => epoch <= curve.Count),
            epoch => json.WriteRoundedValue(value(curve[epoch - 1]), digits)
        );

    private static Dictionary<Scalar, int>[] Positions(IReadOnlyList<Axis> axes) =>
        [
            .. axes.Select(axis =>
                axis.Values.Select((value, position) => (value, position))
                    .ToDictionary(pair => pair.value, pair => pair.position)
            ),
        ];

    private static void At(
        Utf8JsonWriter json,
        string? name,
        Dictionary<Scalar, int>[] positions,
        IReadOnlyList<Scalar> values
    ) => json.WriteArray(name, values.Zip(positions, (value, axis) => axis[value]), json.WriteNumberValue);
}
