namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>
/// Two IDX files of unsigned bytes: features [rows, features], [rows, height, width] or
/// [rows, channels, height, width], and labels [rows] from 0.
/// </summary>
/// <remarks>The format is described at the end of http://yann.lecun.com/exdb/mnist/.</remarks>
internal static class IdxFormat
{
    /// <summary>Reads the files of one split.</summary>
    /// <exception cref="InvalidDataException">A file is not of the format, or they don't fit each other.</exception>
    public static Samples Read(string features, string labels, CancellationToken cancellation)
    {
        var values = IdxFile.Read(features, least: 2, most: 4, cancellation);
        var classes = IdxFile.Read(labels, least: 1, most: 1, cancellation);
        ArrayShape.RequireRows(features, values.Shape[0], labels, classes.Shape[0]);
        return new(
            features,
            ArrayShape.OfSample(values.Shape),
            values.Values,
            null,
            labels,
            Array.ConvertAll(classes.Values, label => (int)label)
        );
    }
}
