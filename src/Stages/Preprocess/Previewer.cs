using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Stages.Preprocess;

/// <summary>Makes the pictures by which a reader sees what a data set holds and what preprocessing does to it.</summary>
public static class Previewer
{
    private const int Samples = 16;
    private const int EigenImages = 8;

    // 32 × 32: the decomposition takes two seconds there, and fifty for images in colour.
    private const int MostFeatures = 1024;

    /// <summary>Whether samples of a shape are images that can be shown: grey, or red, green and blue.</summary>
    public static bool CanShow(IReadOnlyList<int> shape) => shape is [1 or 3, > 1, > 1];

    /// <summary>
    /// The pictures of a data set: the first training rows, their mean, and the first principal directions of
    /// images of at most 1,024 features.
    /// </summary>
    /// <param name="name">The data set's name in the study.</param>
    /// <param name="data">The decoded data set, of a shape that <see cref="CanShow"/> accepts.</param>
    /// <param name="spec">The parameters that say how rows are split; see <see cref="Preprocessor.Reads"/>.</param>
    /// <param name="chains">The study's chains, and what each made of the data set with the same split.</param>
    /// <exception cref="InvalidDataException">A split would be empty.</exception>
    public static DataPreview Preview(
        string name,
        PreparedData data,
        Parameters spec,
        IReadOnlyList<KeyValuePair<string, PreparedData>> chains
    )
    {
        var training = Split.Of(data, spec).Training;
        var rows = FittedChain.Fit(data, training, []).Training;
        var shown = Enumerable.Range(0, Math.Min(Samples, training.Length)).ToArray();
        var components = rows.Features <= MostFeatures && training.Length > 1 ? rows.Components : null;
        var total = components?.Variances.Sum() ?? 0;
        var count = Math.Min(EigenImages, components?.Rank ?? 0);
        return new()
        {
            DataSet = name,
            Samples = [.. shown.Select(i => Sample(data, training[i]))],
            Chains =
            [
                .. chains.Select(chain => new PreviewChain(chain.Key, [.. shown.Select(i => Sample(chain.Value, i))])),
            ],
            Mean = Image(rows.Shape, Array.ConvertAll(rows.Moments.Mean, x => (float)x)),
            EigenImages = [.. Enumerable.Range(0, count).Select(k => Image(rows.Shape, Direction(components!, k)))],
            EigenShares = [.. Enumerable.Range(0, count).Select(k => components!.Variances[k] / total)],
        };
    }

    private static float[] Direction(PrincipalComponents components, int k) =>
        [
            .. Enumerable
                .Range(0, components.Features)
                .Select(j => (float)components.Vectors[(j * components.Features) + k]),
        ];

    // As a network would see the row, but for what changes at random.
    private static Picture Sample(PreparedData data, int row)
    {
        var map = data.Map;
        var values = new float[data.Header.Features];
        for (var j = 0; j < values.Length; j++)
            values[j] =
                ((data.Header.Bytes ? data.ByteRow(row)[j] : data.FloatRow(row)[j]) - map.Shift[j]) * map.Scale[j];
        return Image(data.Header.Shape, values);
    }

    private static Picture Image(IReadOnlyList<int> shape, float[] values) =>
        CanShow(shape) ? new(shape[0], shape[1], shape[2], values) : Picture.OfComponents(values);
}
