using System.Buffers.Binary;

namespace Pipeline.Preprocess.Tests;

/// <summary>Writes IDX files as they are published.</summary>
internal static class Idx
{
    public const byte UnsignedByte = 8;

    public static byte[] Of(ReadOnlySpan<byte> values, params int[] sizes) => [.. Head(UnsignedByte, sizes), .. values];

    public static byte[] Head(byte type, params int[] sizes)
    {
        var head = new byte[4 + (4 * sizes.Length)];
        head[2] = type;
        head[3] = (byte)sizes.Length;
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4 + (4 * i)), sizes[i]);
        return head;
    }

    /// <summary>The bytes start, start + 1, …</summary>
    public static byte[] Counted(int start, int count) =>
        [.. Enumerable.Range(start, count).Select(value => (byte)value)];
}
