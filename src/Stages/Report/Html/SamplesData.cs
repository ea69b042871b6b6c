using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// What the page knows of the pictures of a study's data sets. The pictures themselves stand in blocks of their own and are named by their
/// digests, so that the studies of one page share them.
/// </summary>
internal sealed class SamplesData
{
    private readonly (string DataSet, (SamplesRow Row, string Picture)[] Rows)[] dataSets;
    private readonly SortedDictionary<string, byte[]> pictures = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A preview has no samples, or pictures of several shapes where one is needed.</exception>
    public SamplesData(IEnumerable<DataPreview> previews) =>
        dataSets = [
            .. previews.Select(preview =>
                (preview.DataSet, SamplesRow.Of(preview).Select(row => (row, Keep(row.Paint()))).ToArray())
            ),
        ];

    /// <summary>PNG files by the names that the data give them.</summary>
    public IReadOnlyDictionary<string, byte[]> Pictures => pictures;

    public void Write(Utf8JsonWriter json) =>
        json.WriteArray(
            "data",
            dataSets,
            dataSet =>
            {
                json.WriteStartObject();
                json.WriteString("name", dataSet.DataSet);
                json.WriteArray(
                    "rows",
                    dataSet.Rows,
                    pair =>
                    {
                        var (row, picture) = pair;
                        json.WriteStartObject();
                        json.WriteString("caption", row.Caption);
                        json.WriteString("note", row.Note);
                        json.WriteString("alternative", row.Alternative);
                        json.WriteArray("labels", row.Labels, json.WriteStringValue);
                        json.WriteString("picture", picture);
                        json.WriteNumber("width", row.Strip.Width);
                        json.WriteNumber("height", row.Strip.Height);
                        json.WriteNumber("room", row.Room);
                        json.WriteEndObject();
                    }
                );
                json.WriteEndObject();
            }
        );

    private string Keep(byte[] png)
    {
        var name = Digest.Of(png);
        pictures[name] = png;
        return name;
    }
}
