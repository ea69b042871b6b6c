using System.Buffers.Binary;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>An IDX file of unsigned bytes, gzipped or not: 00 00 08 n, then n big-endian sizes, then the values.</summary>
/// <param name="Shape">The sizes.</param>
/// <param name="Values">The values, the last dimension fastest.</param>
internal sealed record IdxFile(int[] Shape, byte[] Values)
{
    private const byte UnsignedByte = 8;

    // 1 GiB, far more than any data set here: a larger size is a damaged head.
    private const long LargestLength = 1L << 30;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="least">The smallest number of dimensions.</param>
    /// <param name="most">The largest number of dimensions.</param>
    /// <exception cref="InvalidDataException">The file is not IDX of unsigned bytes with so many dimensions, or is cut off.</exception>
    public static IdxFile Read(string path, int least, int most)
    {
        using var file = DataFile.Open(path);
        Span<byte> head = stackalloc byte[4];
        file.ReadNext(head);
        if (head[0] != 0 || head[1] != 0 || head[2] != UnsignedByte || head[3] < least || head[3] > most)
        {
            var range = least == most ? $"{least}" : $"{least} to {most}";
            throw new InvalidDataException($"{path} is not an IDX file of unsigned bytes with {range} dimension{(most == 1 ? "" : "s")}.");
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
        var values = new byte[length];
        file.ReadLast(values, $"the {length} values");
        return new(shape, values);
    }
}
