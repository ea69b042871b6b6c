using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Export;

/// <summary>
/// NumPy's format for one array, version 1.0: a magic string, the version, the length of the header (uint16), the
/// header, which is a Python dictionary padded with spaces so that the values begin at a multiple of 64 bytes, and the
/// values, little-endian and row-major.
/// </summary>
/// <remarks>https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html</remarks>
internal static class NpyFile
{
    private const int Alignment = 64;

    /// <summary>An array of float32.</summary>
    /// <param name="shape">The lengths of its dimensions.</param>
    /// <param name="values">Its elements, row-major.</param>
    /// <exception cref="ArgumentException">The shape doesn't fit the values.</exception>
    public static byte[] Encode(IReadOnlyList<int> shape, ReadOnlySpan<float> values) =>
        Encode("<f4", shape, values.Length, LittleEndian.Of(values));

    /// <summary>An array of float64.</summary>
    /// <inheritdoc cref="Encode(IReadOnlyList{int}, ReadOnlySpan{float})"/>
    public static byte[] Encode(IReadOnlyList<int> shape, ReadOnlySpan<double> values) =>
        Encode("<f8", shape, values.Length, LittleEndian.Of(values));

    /// <summary>An array of uint8.</summary>
    /// <inheritdoc cref="Encode(IReadOnlyList{int}, ReadOnlySpan{float})"/>
    public static byte[] Encode(IReadOnlyList<int> shape, ReadOnlySpan<byte> values) =>
        Encode("|u1", shape, values.Length, values.ToArray());

    /// <summary>An array of int64.</summary>
    /// <inheritdoc cref="Encode(IReadOnlyList{int}, ReadOnlySpan{float})"/>
    public static byte[] Encode(IReadOnlyList<int> shape, ReadOnlySpan<long> values) =>
        Encode("<i8", shape, values.Length, LittleEndian.Of(values));

    private static byte[] Encode(string type, IReadOnlyList<int> shape, int length, byte[] values)
    {
        if (shape.Aggregate(1L, (product, size) => product * size) != length)
            throw new ArgumentException(
                $"An array of shape ({string.Join(", ", shape)}) can't have {length} elements.",
                nameof(shape)
            );
        // Python writes a tuple of one as (3,).
        var tuple = shape.Count == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";
        var dictionary = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {tuple}, }}";
        var prefix = Magic.Length + sizeof(ushort);
        var headerLength = ((prefix + dictionary.Length + 1 + Alignment - 1) / Alignment * Alignment) - prefix;
        var header = Encoding.ASCII.GetBytes(dictionary.PadRight(headerLength - 1) + '\n');
        return [.. Magic, (byte)headerLength, (byte)(headerLength >> 8), .. header, .. values];
    }

    /// <summary>The magic string with the version 1.0.</summary>
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
}
