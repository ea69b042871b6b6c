namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>
/// The binary form of CIFAR-10: rows of 1 byte for the class, 0…9, and 3,072 for an image of 3 channels × 32 × 32.
/// </summary>
/// <remarks>https://www.cs.toronto.edu/~kriz/cifar.html</remarks>
internal static class Cifar10Format
{
    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    private const int Pixels = 3 * 32 * 32;
    private const int RowLength = 1 + Pixels;

    // An array of 1 GiB.
    private const long MostRows = (1L << 30) / RowLength;

    /// <summary>The shape of one image.</summary>
    public static IReadOnlyList<int> Shape { get; } = [3, 32, 32];

    /// <summary>Reads the files of one split, one after the other.</summary>
    /// <exception cref="InvalidDataException">A file is not of the format.</exception>
    public static Samples Read(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var batches = new List<Samples>();
        foreach (var path in paths)
        {
            var length = DataFile.LengthOf(path, cancellation);
            using var file = DataFile.Open(path, cancellation);
            batches.Add(Read(file, length, path));
            // Behind the last byte a gzipped file shows whether it is whole.
            if (file.ReadByte() >= 0)
                throw DataFile.Damaged(path);
        }
        return Concat(batches);
    }

    /// <summary>Reads one batch.</summary>
    /// <param name="stream">Stands at its beginning.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">The batch is not of the format, or the stream ends too early.</exception>
    public static Samples Read(Stream stream, long length, string name)
    {
        var (rows, rest) = Math.DivRem(length, RowLength);
        if (rows == 0 || rest != 0 || rows > MostRows)
            throw new InvalidDataException(
                $"{name} is {length} bytes long; a row is {RowLength}, so that row {rows + 1} is cut off or the file is another."
            );
        var (images, labels) = (new byte[rows * Pixels], new int[rows]);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = stream.ReadByte();
            if (
                labels[i] < 0
                || stream.ReadAtLeast(images.AsSpan(i * Pixels, Pixels), Pixels, throwOnEndOfStream: false) < Pixels
            )
                throw DataFile.Damaged(name);
            if (labels[i] >= Classes)
                throw new InvalidDataException(
                    $"{name} has the label {labels[i]} in row {i + 1}; labels are 0…{Classes - 1}."
                );
        }
        return new(name, Shape, images, null, name, labels);
    }

    /// <summary>Batches one after the other, under the name of the first.</summary>
    public static Samples Concat(IReadOnlyList<Samples> batches)
    {
        int[] labels = [.. batches.SelectMany(batch => batch.Labels)];
        if (labels.Length > MostRows)
            throw new InvalidDataException(
                $"{batches[0].Path} and the batches after it hold {labels.Length} rows; {MostRows} are the most that can be read."
            );
        var images = new byte[labels.Length * Pixels];
        var start = 0;
        foreach (var batch in batches)
        {
            batch.Bytes!.CopyTo(images, start);
            start += batch.Bytes.Length;
        }
        return batches[0] with { Bytes = images, Labels = labels };
    }
}
