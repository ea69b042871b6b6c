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

    /// <summary>Int64.</summary>
    public static byte[] Of(ReadOnlySpan<long> values)
    {
        var bytes = new byte[checked(values.Length * sizeof(long))];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return bytes;
    }

    private static uint Bits(float value) => float.IsNaN(value) ? 0x7FC00000u : BitConverter.SingleToUInt32Bits(value);
}
