using System.Buffers.Binary;

namespace Pipeline.Artifacts;

/// <summary>Numbers as little-endian bytes, whatever the machine.</summary>
public static class LittleEndian
{
    /// <summary>Float32; any NaN as 0x7FC00000, since processors differ in the bits that they give it.</summary>
    public static byte[] Of(ReadOnlySpan<float> values)
    {
        var bytes = new byte[checked(values.Length * sizeof(float))];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(float)), Bits(values[i]));
        return bytes;
    }

    /// <summary>Float64, none of them NaN.</summary>
    public static byte[] Of(ReadOnlySpan<double> values)
    {
        var bytes = new byte[checked(values.Length * sizeof(double))];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        return bytes;
    }

    /// <summary>Int64.</summary>
    public static byte[] Of(ReadOnlySpan<long> values)
    {
        var bytes = new byte[checked(values.Length * sizeof(long))];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return bytes;
    }

    /// <summary>The float32 numbers of <see cref="Of(ReadOnlySpan{float})"/>.</summary>
    /// <exception cref="ArgumentException">The number of bytes is no multiple of four.</exception>
    public static float[] ToSingles(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(float) != 0)
            throw new ArgumentException($"{bytes.Length} bytes are not float32 numbers.", nameof(bytes));
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return values;
    }

    private static uint Bits(float value) => float.IsNaN(value) ? 0x7FC00000u : BitConverter.SingleToUInt32Bits(value);
}
