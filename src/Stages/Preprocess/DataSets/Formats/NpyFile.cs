using System.Buffers.Binary;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>
/// NumPy's format for one array, versions 1.0, 2.0 and 3.0: 93 NUMPY, two bytes of version, the length of the head
/// (uint16, from 2.0 on uint32), the head, a Python dictionary, then the elements, little-endian and row by row.
/// </summary>
/// <remarks>https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html</remarks>
/// <param name="Head">Type and shape.</param>
/// <param name="Elements">The elements' bytes.</param>
internal sealed record NpyFile(NpyHead Head, byte[] Elements)
{
    // 1 GiB, far more than any data set here: a larger size is a damaged head.
    private const long LargestLength = 1L << 30;

    private const int LongestHead = ushort.MaxValue;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is not of the format, holds elements of a type that is not read, or is cut off.
    /// </exception>
    public static NpyFile Read(string path, CancellationToken cancellation)
    {
        using var file = DataFile.Open(path, cancellation);
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        file.ReadNext(start);
        if (!start.StartsWith(Magic) || start[Magic.Length] is not (1 or 2 or 3) || start[Magic.Length + 1] != 0)
            throw new InvalidDataException(
                $"{path} is not an npy file of version 1.0, 2.0 or 3.0: write it with numpy.save."
            );
        var head = NpyHead.Parse(path, ReadHead(file, path, isShort: start[Magic.Length] == 1));
        var length = (long)head.ElementLength;
        foreach (var size in head.Shape)
            length = size == 0 ? LargestLength : Math.Min(LargestLength, length * size);
        if (length >= LargestLength)
            throw new InvalidDataException($"{path} claims the shape {head.ShapeText}, which can't be right.");
        file.RequireLeft(length);
        var elements = new byte[length];
        file.ReadLast(elements, $"the {length / head.ElementLength} elements");
        return new(head, elements);
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static byte[] ReadHead(DataFile file, string path, bool isShort)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        bytes.Clear();
        file.ReadNext(isShort ? bytes[..sizeof(ushort)] : bytes);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length > LongestHead)
            throw DataFile.Damaged(path);
        var head = new byte[length];
        file.ReadNext(head);
        return head;
    }
}
