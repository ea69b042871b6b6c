using System.Text;
using Pipeline.Tests;

namespace Pipeline.Export.Tests;

public sealed class NpyFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("npy-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_matrix_of_float32_by_the_byte()
    {
        byte[] expected =
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            0x76,
            0x00,
            .. Encoding.ASCII.GetBytes(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".PadRight(0x75) + "\n"
            ),
            0x00,
            0x00,
            0x80,
            0x3F,
            0x00,
            0x00,
            0x00,
            0xC0,
            0x00,
            0x00,
            0x00,
            0x00,
            0x00,
            0x00,
            0x00,
            0x80,
            0x00,
            0x00,
            0xC0,
            0x7F,
            0x00,
            0x00,
            0x80,
            0xFF,
        ];

        var signallingNaN = BitConverter.UInt32BitsToSingle(0xFF800001);
        Assert.Equal(expected, NpyFile.Encode([2, 3], [1, -2, 0, -0f, signallingNaN, float.NegativeInfinity]));
    }

    [Fact]
    public void A_row_of_int64_by_the_byte()
    {
        byte[] expected =
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            0x76,
            0x00,
            .. Encoding.ASCII.GetBytes(
                "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }".PadRight(0x75) + "\n"
            ),
            9,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
        ];

        Assert.Equal(expected, NpyFile.Encode([2], [9L, -1L]));
    }

    [Fact]
    public void Float64_and_bytes_have_their_own_types()
    {
        var doubles = NpyFile.Encode([1], [0.1]);
        var bytes = NpyFile.Encode([3], new byte[] { 1, 2, 255 });

        Assert.Contains("'descr': '<f8'", System.Text.Encoding.ASCII.GetString(doubles), StringComparison.Ordinal);
        Assert.Equal(BitConverter.GetBytes(0.1), doubles[^8..]);
        Assert.Contains("'descr': '|u1'", System.Text.Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal([1, 2, 255], bytes[^3..]);
    }

    [Fact]
    public void Values_begin_at_a_multiple_of_64_bytes_whatever_the_shape()
    {
        for (var dimensions = 1; dimensions <= 60; dimensions++)
            Assert.Equal(4, NpyFile.Encode([.. Enumerable.Repeat(1, dimensions)], [0f]).Length % 64);
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_refused() =>
        Assert.Contains(
            "(2, 3) can't have 5",
            Assert.Throws<ArgumentException>(() => NpyFile.Encode([2, 3], new float[5])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_file_is_its_head_and_its_values() => Assert.Equal(128 + (24 * 4), Written().Length);

    [PyTorchFact]
    public void NumPy_reads_what_was_written()
    {
        File.WriteAllBytes(Path.Combine(folder, "a.npy"), Written());

        var lines = Python.Run(
            "import numpy; a = numpy.load('a.npy'); print(a.dtype, *a.shape); print(*a.view('i4').flat)",
            folder
        );

        Assert.Equal(["float32 2 3 4", string.Join(' ', Values.Select(BitConverter.SingleToInt32Bits))], lines);
    }

    private static float[] Values => [.. Enumerable.Range(0, 24).Select(i => (i - 7) / 3f)];

    private static byte[] Written() => NpyFile.Encode([2, 3, 4], Values);
}
