namespace Pipeline.Stages.Report;

/// <summary>The checksums of a PNG file.</summary>
internal static class Checksum
{
    /// <summary>CRC-32 of the polynomial 0x04C11DB7, bits reflected, start and end inverted (ISO 3309).</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        const uint reflectedPolynomial = 0xEDB88320;
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * reflectedPolynomial);
        }
        return ~crc;
    }

    /// <summary>Adler-32 (RFC 1950): a = 1 + Σ bytes and b = Σ of all values of a, both modulo 65521; b · 2¹⁶ + a.</summary>
    public static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint modulus = 65521;
        var (a, b) = (1u, 0u);
        foreach (var value in bytes)
        {
            a = (a + value) % modulus;
            b = (b + a) % modulus;
        }
        return (b << 16) | a;
    }
}
