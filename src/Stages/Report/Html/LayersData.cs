using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// What probes measured, as JSON: the epochs shown, the names of each cell's layers, and for each probe the means over
/// seeds and half of their 95 % intervals by cell, epoch and layer, of three significant digits.
/// </summary>
internal static class LayersData
{
    private const int Digits = 3;

    public static void Write(Utf8JsonWriter json, StudyTables tables)
    {
        int[] measured = [.. tables.Layers.Select(row => row.Epoch).Distinct().Order()];
        int[] epochs =
        [
            .. Thinning.Epochs(measured.Length, tables.Cells.Count).Select(position => measured[position - 1]),
        ];
        var cells = Enumerable.Range(0, tables.Cells.Count);
        var byCell = tables.Layers.ToLookup(row => row.Cell);
        var byPlace = tables.Layers.ToLookup(row => (row.Probe, row.Cell, row.Epoch));

        json.WriteStartObject("layers");
        json.WriteArray("epochs", epochs, json.WriteNumberValue);
        json.WriteArray(
            "names",
            cells,
            cell =>
                ByLayer(json, byCell[cell].DistinctBy(row => row.Layer), row => json.WriteStringValue(row?.Name ?? ""))
        );
        json.WriteArray(
            "probes",
            tables.Layers.Select(row => row.Probe).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            probe =>
            {
                json.WriteStartObject();
                json.WriteString("name", probe);
                Values("mean", probe, value => value?.Mean);
                Values("half", probe, value => value is { Mean: { } mean, High: { } high } ? high - mean : null);
                json.WriteEndObject();
            }
        );
        json.WriteEndObject();

        void Values(string name, string probe, Func<Estimate?, double?> valueOf) =>
            json.WriteArray(
                name,
                cells,
                cell =>
                    json.WriteArray(
                        null,
                        byCell.Contains(cell) ? epochs : [],
                        epoch =>
                            ByLayer(
                                json,
                                byPlace[(probe, cell, epoch)],
                                row => json.WriteRoundedValue(valueOf(row?.Value), Digits)
                            )
                    )
            );
    }

    // From layer 1 to the last that has a row; layers between without one are written too.
    private static void ByLayer(Utf8JsonWriter json, IEnumerable<LayerRow> rows, Action<LayerRow?> write)
    {
        var byLayer = rows.ToDictionary(row => row.Layer);
        json.WriteArray(
            null,
            Enumerable.Range(1, byLayer.Keys.DefaultIfEmpty(0).Max()),
            layer => write(byLayer.GetValueOrDefault(layer))
        );
    }
}
