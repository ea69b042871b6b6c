using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// Samples of a data set as they are, a row for each preprocessing chain, and the mean image with the first principal directions.
/// Each row is one PNG and says its scale.
/// </summary>
internal sealed class SamplesPicture
{
    private const double Width = 720;
    private const double LineHeight = 18;
    private const double RowGap = 14;
    private const int LongestCaption = 56;

    private readonly List<SvgElement> content = [];
    private double bottom;

    private SamplesPicture() { }

    /// <summary>Draws a preview.</summary>
    /// <exception cref="ArgumentException">The preview has no samples, or pictures of several shapes where one is needed.</exception>
    public static Figure Draw(DataPreview preview, string file)
    {
        var picture = new SamplesPicture();
        foreach (var row in SamplesRow.Of(preview))
        {
            if (row.Labels.Count == 0)
                picture.Samples(row);
            else
                picture.Directions(row);
        }
        var title = $"Samples of {preview.DataSet}";
        var description = Describe(preview);
        return new(
            file,
            $"{title}: {description}",
            SvgPicture.Write(Width, picture.bottom, title, description, picture.content)
        );
    }

    private static string Describe(DataPreview preview)
    {
        var rows = preview.Chains.Select(chain => $"after {chain.Preprocessing}").Prepend("as they are");
        var directions =
            preview.EigenImages.Count == 0 ? "" : $" and the first {SamplesRow.Directions(preview.EigenImages.Count)}";
        return $"{string.Join(", ", rows)}; the mean image{directions}";
    }

    // A long chain goes on in further lines, so that it doesn't run into the scale.
    private static IEnumerable<string> Lines(string caption)
    {
        var line = "";
        foreach (var step in CallChain.Split(caption))
        {
            if (line.Length > 0 && line.Length + step.Length >= LongestCaption)
            {
                yield return line + "+";
                line = step;
            }
            else
            {
                line = line.Length == 0 ? step : $"{line}+{step}";
            }
        }
        yield return line;
    }

    private void Samples(SamplesRow row)
    {
        Text(row.Note, bottom, Width, "end");
        foreach (var line in Lines(row.Caption))
            Line(line);
        Strip(row);
        bottom += RowGap;
    }

    private void Directions(SamplesRow row)
    {
        Line(row.Caption);
        if (row.Note.Length > 0)
            Line(row.Note);
        var pixel = Strip(row);
        foreach (var (i, label) in row.Labels.Index())
            Text(label, bottom, row.Strip.Middle(i) * pixel, "middle");
        bottom += LineHeight;
    }

    private void Line(string text)
    {
        Text(text, bottom, 0, "start");
        bottom += LineHeight;
    }

    private void Text(string text, double top, double x, string anchor) =>
        content.Add(SvgElement.Text("text", text, ("x", x), ("y", top + SvgPicture.FontSize), ("text-anchor", anchor)));

    // Returns the size of a pixel.
    private double Strip(SamplesRow row)
    {
        var (strip, pixel) = (row.Strip, Width / row.Room);
        content.Add(SvgElement.Image(row.Paint(), 0, bottom, strip.Width * pixel, strip.Height * pixel));
        bottom += strip.Height * pixel;
        return pixel;
    }
}
