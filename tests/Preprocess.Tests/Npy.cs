using System.Text;

namespace Pipeline.Preprocess.Tests;

/// <summary>Writes npy files as numpy.save does.</summary>
internal static class Npy
{
    public static byte[] Of(string type, string shape, byte[] elements, byte version = 1) =>
        Raw($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}", elements, version);

    public static byte[] Of(string shape, params float[] elements) =>
        Of("<f4", shape, [.. elements.SelectMany(BitConverter.GetBytes)]);

    public static byte[] Of(string shape, params long[] elements) =>
        Of("<i8", shape, [.. elements.SelectMany(BitConverter.GetBytes)]);

    public static byte[] Raw(string head, byte[] elements, byte version = 1)
    {
        var prefix = version == 1 ? 10 : 12;
        var text = Encoding.UTF8.GetBytes(head.PadRight(((prefix + head.Length + 64) / 64 * 64) - prefix - 1) + '\n');
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. elements];
    }
}
