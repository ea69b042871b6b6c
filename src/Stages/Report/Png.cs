using System.Buffers.Binary;

namespace Pipeline.Stages.Report;

/// <summary>
/// PNG files (W3C, Portable Network Graphics, third edition) of 8 bits a channel, grey or RGB, with one transparent colour, which takes no
/// room where an alpha channel would. The compressed data are stored deflate blocks (RFC 1951, 3.2.4): System.IO.Compression packs the same
/// pixels to other bytes on other machines and in other versions of .NET, so that results would no longer be equal byte for byte.
/// </summary>
internal static class Png
{
    /// <summary>The level which, in all channels of a pixel, makes it transparent.</summary>
    public const byte Transparent = 0;

    private const int LargestBlock = ushort.MaxValue;

    /// <summary>The bytes of a file.</summary>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    /// <param name="height">The number of rows, at least 1.</param>
    /// <param name="width">The number of pixels of a row, at least 1.</param>
    /// <param name="levels">Levels [height, width, channels].</param>
    /// <exception cref="ArgumentException">The levels don't fit the other arguments.</exception>
    public static byte[] Write(int channels, int height, int width, ReadOnlySpan<byte> levels)
    {
        if (channels is not (1 or 3) || height < 1 || width < 1 || levels.Length != (double)channels * height * width)
            throw new ArgumentException(
                $"{levels.Length} levels are no picture of {height} × {width} × {channels}.",
                nameof(levels)
            );
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        Chunk(file, "IHDR"u8, Header(channels, height, width));
        Chunk(file, "tRNS"u8, new byte[2 * channels]);
        Chunk(file, "IDAT"u8, Zlib(Scanlines(channels * width, levels)));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(int channels, int height, int width)
    {
        const byte bitDepth = 8,
            grey = 0,
            rgb = 2,
            deflate = 0,
            adaptiveFilters = 0,
            notInterlaced = 0;
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        ((ReadOnlySpan<byte>)[bitDepth, channels == 1 ? grey : rgb, deflate, adaptiveFilters, notInterlaced]).CopyTo(
            header.AsSpan(8)
        );
        return header;
    }

    // Each row behind the number of its filter, 0 for none.
    private static byte[] Scanlines(int stride, ReadOnlySpan<byte> levels)
    {
        var lines = new byte[checked(levels.Length + (levels.Length / stride))];
        for (var (source, target) = (0, 1); source < levels.Length; source += stride, target += stride + 1)
            levels.Slice(source, stride).CopyTo(lines.AsSpan(target));
        return lines;
    }

    // RFC 1950: two bytes that say deflate with a window of 32 KiB, the blocks, Adler-32.
    private static byte[] Zlib(ReadOnlySpan<byte> data)
    {
        using var stream = new MemoryStream();
        stream.Write([0x78, 0x01]);
        Span<byte> sizes = stackalloc byte[4];
        for (var start = 0; start < data.Length; start += LargestBlock)
        {
            var block = data[start..Math.Min(start + LargestBlock, data.Length)];
            stream.WriteByte(start + block.Length == data.Length ? (byte)1 : (byte)0);
            BinaryPrimitives.WriteUInt16LittleEndian(sizes, (ushort)block.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(sizes[2..], (ushort)~block.Length);
            stream.Write(sizes);
            stream.Write(block);
        }
        WriteBigEndian(stream, Checksum.Adler32(data));
        return stream.ToArray();
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        WriteBigEndian(file, (uint)data.Length);
        byte[] checkedBytes = [.. type, .. data];
        file.Write(checkedBytes);
        WriteBigEndian(file, Checksum.Crc32(checkedBytes));
    }

    private static void WriteBigEndian(Stream stream, uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        stream.Write(bytes);
    }
}
