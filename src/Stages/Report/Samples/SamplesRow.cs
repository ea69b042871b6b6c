using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Pictures of a data set side by side, and what they are.</summary>
internal sealed record SamplesRow
{
    private const int SamplesAcross = 16;
    private const int DirectionsAcross = 9;

    /// <summary>What the pictures are.</summary>
    public required string Caption { get; init; }

    /// <summary>What is black and what is white; empty where the caption says it.</summary>
    public required string Note { get; init; }

    /// <summary>What can be seen, for those who can't see it.</summary>
    public required string Alternative { get; init; }

    /// <summary>The pictures.</summary>
    public required PictureStrip Strip { get; init; }

    /// <summary>The scale of each picture.</summary>
    public required IReadOnlyList<GreyScale> Scales { get; init; }

    /// <summary>A short text for each picture, to stand below it; none where they need none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>How many pictures take the whole width at least: fewer leave some of it free, so that their pixels don't grow.</summary>
    public required int Across { get; init; }

    /// <summary>The whole width in pixels of the pictures.</summary>
    public int Room => Math.Max(Strip.Width, Strip.WidthOf(Across));

    /// <summary>Samples as they are, a row for each chain, and the mean image with the first principal directions.</summary>
    /// <exception cref="ArgumentException">The preview has no samples, or pictures of several shapes where one is needed.</exception>
    public static IReadOnlyList<SamplesRow> Of(DataPreview preview)
    {
        var raw = GreyScale.Spanning([.. preview.Samples, preview.Mean]).WithZero();
        return
        [
            OfSamples(preview.DataSet, "as they are", $"{preview.DataSet} as they are", raw, preview.Samples),
            .. preview.Chains.Select(chain =>
            {
                var after = $"after {chain.Preprocessing}";
                return OfSamples(preview.DataSet, after, after, GreyScale.Spanning(chain.Samples), chain.Samples);
            }),
            OfDirections(preview, raw),
        ];
    }

    /// <summary>How so many principal directions are called.</summary>
    public static string Directions(int count) => count == 1 ? "principal direction" : $"{count} principal directions";

    /// <summary>The row as a PNG.</summary>
    public byte[] Paint() => Strip.Paint(Scales);

    private static SamplesRow OfSamples(
        string dataSet,
        string how,
        string caption,
        GreyScale scale,
        IReadOnlyList<Picture> samples
    ) =>
        new()
        {
            Caption = caption,
            Note = scale.ToString(),
            Alternative = $"{samples.Count} samples of {dataSet} {how}",
            Strip = new(samples),
            Scales = [.. samples.Select(_ => scale)],
            Across = SamplesAcross,
        };

    private static SamplesRow OfDirections(DataPreview preview, GreyScale raw)
    {
        var count = preview.EigenImages.Count;
        const string mean = "mean image (scale of the first row)";
        var shares = preview.EigenShares.Select(share =>
            (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %"
        );
        return new()
        {
            Caption = count == 0 ? mean : $"{mean} and first {Directions(count)}, each with its share of the variance",
            Note = count == 0 ? "" : "directions: 0 is grey; black and white are the largest magnitude of each",
            Alternative =
                $"The mean image of {preview.DataSet}" + (count == 0 ? "" : $" and its first {Directions(count)}"),
            Strip = new([preview.Mean, .. preview.EigenImages]),
            Scales = [raw, .. preview.EigenImages.Select(image => GreyScale.Spanning([image]).Symmetric())],
            Labels = [.. shares.Prepend("mean")],
            Across = DirectionsAcross,
        };
    }
}
