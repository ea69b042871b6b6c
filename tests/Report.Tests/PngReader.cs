using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Pipeline.Stages.Report.Tests;

/// <summary>Reads what <see cref="Png"/> writes, and checks all that stands around the pixels.</summary>
internal sealed record PngReader(int Channels, int Height, int Width, byte[] Levels)
{
    private static readonly uint[] CrcTable =
    [
        .. Enumerable
            .Range(0, 256)
            .Select(n =>
                Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1)
            ),
    ];

    public static PngReader Read(ReadOnlySpan<byte> file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8].ToArray());
        var chunks = new List<(string Type, byte[] Data)>();
        for (var rest = file[8..]; rest.Length > 0; rest = rest[(12 + chunks[^1].Data.Length)..])
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            chunks.Add((Encoding.ASCII.GetString(rest[4..8]), rest[8..(8 + length)].ToArray()));
            Assert.Equal(Crc(rest[4..(8 + length)]), BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + length)..]));
        }
        Assert.Equal(["IHDR", "tRNS", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));

        var header = chunks[0].Data;
        var (width, height) = (
            BinaryPrimitives.ReadInt32BigEndian(header),
            BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4))
        );
        Assert.Equal([8, header[9], 0, 0, 0], header[8..]);
        var channels = header[9] switch
        {
            0 => 1,
            2 => 3,
            var type => throw new InvalidDataException($"There is no colour type {type} here."),
        };
        Assert.Equal(new byte[2 * channels], chunks[1].Data);
        Assert.Empty(chunks[3].Data);

        var lines = Inflate(chunks[2].Data);
        var stride = 1 + (channels * width);
        Assert.Equal(height * stride, lines.Length);
        Assert.All(lines.Where((_, i) => i % stride == 0), filter => Assert.Equal(0, filter));
        return new(channels, height, width, [.. lines.Where((_, i) => i % stride != 0)]);
    }

    // Checks the header of zlib and Adler-32 too.
    private static byte[] Inflate(byte[] data)
    {
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        return lines.ToArray();
    }

    // By the table of the PNG specification's annex.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }
}
