using System.Globalization;
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
    private const int SamplesAcross = 16;
    private const int DirectionsAcross = 9;

    private readonly List<SvgElement> content = [];
    private double bottom;

    private SamplesPicture()
    {
    }

    /// <summary>Draws a preview.</summary>
    /// <exception cref="ArgumentException">The preview has no samples, or pictures of several shapes where one is needed.</exception>
    public static Figure Draw(DataPreview preview, string file)
    {
        var picture = new SamplesPicture();
        var raw = GreyScale.Spanning([.. preview.Samples, preview.Mean]).WithZero();
        picture.Row($"{preview.DataSet} as they are", raw, preview.Samples);
        foreach (var chain in preview.Chains)
            picture.Row($"after {chain.Preprocessing}", GreyScale.Spanning(chain.Samples), chain.Samples);
        picture.Directions(preview, raw);
        var title = $"Samples of {preview.DataSet}";
        var description = Describe(preview);
        return new(file, $"{title}: {description}", SvgPicture.Write(Width, picture.bottom, title, description, picture.content));
    }

    private static string Describe(DataPreview preview)
    {
        var rows = preview.Chains.Select(chain => $"after {chain.Preprocessing}").Prepend("as they are");
        var directions = preview.EigenImages.Count == 0 ? "" : $" and the first {Directions(preview.EigenImages.Count)}";
        return $"{string.Join(", ", rows)}; the mean image{directions}";
    }

    private static string Directions(int count) => count == 1 ? "principal direction" : $"{count} principal directions";

    // A long chain goes on in further lines, so that it doesn't run into the scale.
    private static IEnumerable<string> Lines(string caption)
    {
        var line = "";
        foreach (var step in TopLevel.Split(caption, '+'))
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

    private void Row(string caption, GreyScale scale, IReadOnlyList<Picture> samples)
    {
        Text(scale.ToString(), bottom, Width, "end");
        foreach (var line in Lines(caption))
            Line(line);
        Strip(new(samples), SamplesAcross, [.. samples.Select(_ => scale)]);
        bottom += RowGap;
    }

    private void Directions(DataPreview preview, GreyScale raw)
    {
        var count = preview.EigenImages.Count;
        const string mean = "mean image (scale of the first row)";
        Line(count == 0 ? mean : $"{mean} and first {Directions(count)}, each with its share of the variance");
        if (count > 0)
            Line("directions: 0 is grey; black and white are the largest magnitude of each");
        var strip = new PictureStrip([preview.Mean, .. preview.EigenImages]);
        var pixel = Strip(strip, DirectionsAcross, [raw, .. preview.EigenImages.Select(image => GreyScale.Spanning([image]).Symmetric())]);
        var shares = preview.EigenShares.Select(share => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %");
        foreach (var (i, label) in shares.Prepend("mean").Index())
            Text(label, bottom, strip.Middle(i) * pixel, "middle");
        bottom += LineHeight;
    }

    private void Line(string text)
    {
        Text(text, bottom, 0, "start");
        bottom += LineHeight;
    }

    private void Text(string text, double top, double x, string anchor) =>
        content.Add(SvgElement.Text("text", text, ("x", x), ("y", top + SvgPicture.FontSize), ("text-anchor", anchor)));

    // As wide as the picture if so many fit in it, and returns the size of a pixel.
    private double Strip(PictureStrip strip, int across, IReadOnlyList<GreyScale> scales)
    {
        var pixel = Width / Math.Max(strip.Width, strip.WidthOf(across));
        content.Add(SvgElement.Image(strip.Paint(scales), 0, bottom, strip.Width * pixel, strip.Height * pixel));
        bottom += strip.Height * pixel;
        return pixel;
    }
}
