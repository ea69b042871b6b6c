using System.Buffers.Binary;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// An IDX file of unsigned bytes whose head is read, its values not yet: 00 00 08 n, then n
/// big-endian sizes, then the values.
/// </summary>
internal sealed class IdxStream : IDisposable
{
    private const byte UnsignedByte = 8;

    // 1 GiB, far more than any data set here: a larger size is a damaged head.
    private const long LargestLength = 1L << 30;

    private readonly DataFile file;

    private IdxStream(DataFile file, int[] shape, int length) => (this.file, Shape, Length) = (file, shape, length);

    /// <summary>The sizes.</summary>
    public int[] Shape { get; }

    /// <summary>The number of values.</summary>
    public int Length { get; }

    /// <summary>Opens a file, gzipped or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="least">The smallest number of dimensions.</param>
    /// <param name="most">The largest number of dimensions.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="InvalidDataException">The file is not IDX of unsigned bytes with so many dimensions, or is cut off.</exception>
    public static IdxStream Open(string path, int least, int most, CancellationToken cancellation = default)
    {
        var file = DataFile.Open(path, cancellation);
        try
        {
            var (shape, length) = ReadHead(file, path, least, most);
            return new(file, shape, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads all values.</summary>
    /// <param name="values">As many as <see cref="Length"/> says; the last dimension is the fastest.</param>
    /// <exception cref="InvalidDataException">The file ends before or after them.</exception>
    public void ReadValues(Span<byte> values) => file.ReadLast(values, $"the {Length} values");

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static (int[] Shape, int Length) ReadHead(DataFile file, string path, int least, int most)
    {
        Span<byte> head = stackalloc byte[4];
        file.ReadNext(head);
        if (head[0] != 0 || head[1] != 0 || head[2] != UnsignedByte || head[3] < least || head[3] > most)
        {
            var range = least == most ? $"{least}" : $"{least} to {most}";
            throw new InvalidDataException(
                $"{path} is not an IDX file of unsigned bytes with {range} dimension{(most == 1 ? "" : "s")}."
            );
        }
        var shape = new int[head[3]];
        var length = 1L;
        Span<byte> size = stackalloc byte[sizeof(int)];
        for (var i = 0; i < shape.Length; i++)
        {
            file.ReadNext(size);
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(size);
            length = shape[i] <= 0 ? LargestLength : Math.Min(LargestLength, length * shape[i]);
        }
        if (length >= LargestLength)
            throw new InvalidDataException($"{path} claims sizes {string.Join('×', shape)}, which can't be right.");
        file.RequireLeft(length);
        return (shape, (int)length);
    }
}
