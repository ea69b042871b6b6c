using System.Buffers.Binary;
using System.IO.Compression;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>An IDX file of unsigned bytes, gzipped or not: 00 00 08 n, then n big-endian sizes, then the values.</summary>
/// <param name="Shape">The sizes.</param>
/// <param name="Values">The values, the last dimension fastest.</param>
internal sealed record IdxFile(int[] Shape, byte[] Values)
{
    private const byte UnsignedByte = 8;

    // 1 GiB, far more than any data set here: a larger size is a damaged head, and must not be allocated.
    private const long LargestLength = 1L << 30;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is not IDX of unsigned bytes with that many dimensions, or is cut off.</exception>
    public static IdxFile Read(string path, int dimensions)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        var head = Bytes(4 + (4 * dimensions));
        if (head[0] != 0 || head[1] != 0 || head[2] != UnsignedByte || head[3] != dimensions)
            throw new InvalidDataException($"{path} is not an IDX file of unsigned bytes with {dimensions} dimensions.");
        var shape = new int[dimensions];
        var length = 1L;
        for (var i = 0; i < dimensions; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4 + (4 * i)));
            length = shape[i] <= 0 ? LargestLength : Math.Min(LargestLength, length * shape[i]);
        }
        if (length >= LargestLength)
            throw new InvalidDataException($"{path} claims sizes {string.Join('×', shape)}, which can't be right.");
        var values = Bytes((int)length);
        return Reading(() => stream.ReadByte()) < 0
            ? new(shape, values)
            : throw new InvalidDataException($"{path} holds more than the {length} values that its head says.");

        byte[] Bytes(int count) => Reading(() =>
        {
            var bytes = new byte[count];
            stream.ReadExactly(bytes);
            return bytes;
        });

        // A cut or damaged gzip stream is an exception of its own kind, without the file's name.
        T Reading<T>(Func<T> read)
        {
            try
            {
                return read();
            }
            catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
            {
                throw new InvalidDataException($"{path} is cut off or damaged: get the file again.", e);
            }
        }
    }
}
