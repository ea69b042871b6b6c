using System.Buffers.Binary;
using System.IO.Compression;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// Unzips a gzip file from its beginning to its end: one member or several, one after the other, and zeros behind the last as tapes leave
/// them. Each member is checked for being whole by the CRC-32 and the length, modulo 2³², that it ends with.
/// </summary>
/// <remarks>
/// RFC 1952, 2.2 and 2.3. .NET takes a member that is cut off for one that ends there, and reads some bytes beyond a member's end;
/// hence the end is looked for: it is where what was unzipped has its checksum and length.
/// </remarks>
internal sealed class GzipMembers(FileStream file, string path) : IDisposable
{
    /// <summary>The first two bytes of every gzip file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x1f, 0x8b];

    private const int HeadLength = 10;
    private const int EndLength = 8;
    private const byte Deflate = 8;

    // More than the stream reads at once.
    private const int MostReadBeyond = 1 << 16;

    private static readonly uint[] Table = MakeTable();

    private DeflateStream? member;
    private long start;
    private uint checksum;
    private uint length;

    /// <summary>Reads on; 0 is the end, which only a whole file has.</summary>
    /// <exception cref="InvalidDataException">The file is cut off or damaged.</exception>
    public int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (member is null && !Begin())
                return 0;
            var count = ReadMember(buffer);
            if (count > 0)
            {
                Count(buffer[..count]);
                return count;
            }
            End();
        }
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        member?.Dispose();
        file.Dispose();
    }

    private int ReadMember(Span<byte> buffer)
    {
        try
        {
            return member!.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw DataFile.Damaged(path, e);
        }
    }

    // False behind the last member.
    private bool Begin()
    {
        var isFirst = file.Position == 0;
        var first = file.ReadByte();
        while (first == 0 && !isFirst)
            first = file.ReadByte();
        if (first < 0 && !isFirst)
            return false;
        Span<byte> head = stackalloc byte[HeadLength];
        head[0] = (byte)first;
        Fill(head[1..]);
        if (!head.StartsWith(Magic) || head[2] != Deflate)
            throw DataFile.Damaged(path);
        var flags = head[3];
        if ((flags & 4) != 0)
        {
            Span<byte> extra = stackalloc byte[sizeof(ushort)];
            Fill(extra);
            file.Position += BinaryPrimitives.ReadUInt16LittleEndian(extra);
        }
        if ((flags & 8) != 0)
            SkipText();
        if ((flags & 16) != 0)
            SkipText();
        if ((flags & 2) != 0)
            file.Position += sizeof(ushort);
        (start, checksum, length) = (file.Position, uint.MaxValue, 0);
        member = new(file, CompressionMode.Decompress, leaveOpen: true);
        return true;
    }

    private void End()
    {
        member!.Dispose();
        member = null;
        var from = Math.Max(start, file.Position - MostReadBeyond);
        var until = Math.Min(file.Length, file.Position + EndLength);
        file.Position = from;
        var window = new byte[Math.Max(0, until - from)];
        file.ReadExactly(window);
        Span<byte> end = stackalloc byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, ~checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(end[sizeof(uint)..], length);
        var at = window.AsSpan().IndexOf(end);
        if (at < 0)
            throw DataFile.Damaged(path);
        file.Position = from + at + EndLength;
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        var sum = checksum;
        foreach (var b in bytes)
            sum = Table[(byte)(sum ^ b)] ^ (sum >> 8);
        (checksum, length) = (sum, unchecked(length + (uint)bytes.Length));
    }

    private void SkipText()
    {
        int next;
        do
        {
            next = file.ReadByte();
        } while (next > 0);
        if (next < 0)
            throw DataFile.Damaged(path);
    }

    private void Fill(Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw DataFile.Damaged(path);
    }

    // Of the polynomial 0xEDB88320.
    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var sum = i;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
            table[i] = sum;
        }
        return table;
    }
}
