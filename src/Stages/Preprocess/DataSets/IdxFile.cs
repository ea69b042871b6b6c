namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>An IDX file of unsigned bytes in memory.</summary>
/// <param name="Shape">The sizes.</param>
/// <param name="Values">The values, the last dimension fastest.</param>
internal sealed record IdxFile(int[] Shape, byte[] Values)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is not IDX of unsigned bytes with so many dimensions, or is cut off.</exception>
    /// <inheritdoc cref="IdxStream.Open"/>
    public static IdxFile Read(string path, int least, int most, CancellationToken cancellation = default)
    {
        using var stream = IdxStream.Open(path, least, most, cancellation);
        var values = new byte[stream.Length];
        stream.ReadValues(values);
        return new(stream.Shape, values);
    }
}
