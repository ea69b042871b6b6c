using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Pipeline.Numerics.Tests;

public sealed class RoundingTests
{
    private const uint CanonicalNaN = 0x7FC00000;

    public static TheoryData<string> Names() => ["float16", "bfloat16"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_number_of_the_format_stays_as_it_is(string name)
    {
        foreach (var number in NumbersOf(name).Append(float.PositiveInfinity))
        {
            AssertSame(number, Round(name, number));
            AssertSame(-number, Round(name, -number));
        }
        Assert.Equal(CanonicalNaN, BitConverter.SingleToUInt32Bits(Round(name, float.NaN)));
    }

    // Numbers in ascending order, the first being 0, alternate between even and odd ones.
    [Theory]
    [MemberData(nameof(Names))]
    public void What_lies_between_two_numbers_goes_to_the_nearest_and_halfway_to_the_even_one(string name)
    {
        float[] numbers = [.. NumbersOf(name)];
        for (var i = 0; i + 1 < numbers.Length; i++)
        {
            var (low, high) = (numbers[i], numbers[i + 1]);
            var halfway = (float)(((double)low + high) / 2);
            AssertSame(i % 2 == 0 ? low : high, Round(name, halfway));
            AssertSame(low, Round(name, MathF.BitDecrement(halfway)));
            AssertSame(high, Round(name, MathF.BitIncrement(halfway)));
            AssertSame(-high, Round(name, -MathF.BitIncrement(halfway)));
        }
    }

    [Theory]
    [InlineData("float16", 65519.996f, 65504f)]
    [InlineData("float16", 65520f, float.PositiveInfinity)]
    [InlineData("float16", -1e30f, float.NegativeInfinity)]
    [InlineData("float16", 2.9802322e-8f, 0f)]
    [InlineData("float16", 2.9802326e-8f, 5.9604645e-8f)]
    [InlineData("float16", -1e-30f, -0f)]
    [InlineData("float16", 0.1f, 0.0999755859375f)]
    [InlineData("bfloat16", 3.3961775e38f, float.PositiveInfinity)]
    [InlineData("bfloat16", 3.396177e38f, 3.3895314e38f)]
    [InlineData("bfloat16", 65520f, 65536f)]
    [InlineData("bfloat16", 0.1f, 0.10009765625f)]
    public void A_number_rounds_to(string name, float x, float expected) => AssertSame(expected, Round(name, x));

    // Expected: NumPy 1.24's float16, and rint(x/q)·q in float64 with q = 2^max(e − 7, −133), e being the exponent of x; a NaN as
    // 0x7FC00000.
    [Theory]
    [InlineData("float16", 0, 4093, "23895020fd6709f72a68115ff14217645143d503234cbdb58595cef3f29551a9")]
    [InlineData("float16", 0x32000000, 127, "03cbfab5435a82c9d2fe0b0c7ff7ada1ab2a4d0d93dce50eb13230d3894460e2")]
    [InlineData("float16", 0, 11, "bb9f8df61474d25e71fa00722318cd387396ca1736605e1248821cc0de3d3af8")]
    [InlineData("bfloat16", 0, 4093, "780b8e23ab64c8dc402885cd4fc3bb7e8662d627abf2a781b4020c0f5145678a")]
    [InlineData("bfloat16", 0x32000000, 127, "4260759f937dff0cc8d75a3188dd654cf86c3b9326277615a1206c6a9c843ff3")]
    [InlineData("bfloat16", 0, 11, "6ff3b903a6d2d4f721f55a97803c8e4d1e7986db2c934ef90fbeff86ca69566b")]
    public void A_million_numbers_round_as_others_round_them(string name, uint first, uint stride, string digest)
    {
        var x = new float[1 << 20];
        for (var i = 0; i < x.Length; i++)
            x[i] = BitConverter.UInt32BitsToSingle(first + ((uint)i * stride));

        Round(name, x, x);

        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(x))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_any_length_an_element_has_the_bits_of_its_number_alone(string name)
    {
        for (var length = 0; length <= 256; length++)
        {
            var x = new float[length];
            var words = new RandomStream(5, RandomPurpose.Data, (uint)length).Read();
            for (var i = 0; i < length; i++)
                x[i] = BitConverter.UInt32BitsToSingle((uint)words.NextBelow(1 << 30) << 2 | (uint)i & 3);
            var y = new float[length + 1];
            y[length] = 7;

            Round(name, x, y);

            Assert.Equal(7, y[length]);
            for (var i = 0; i < length; i++)
                AssertSame(Round(name, x[i]), y[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sixteen_numbers_round_as_one_by_one(string name)
    {
        var x = new float[16];
        for (var bits = 0u; bits < uint.MaxValue - 70_000_000; bits += 65_521_019)
        {
            for (var i = 0; i < x.Length; i++)
                x[i] = BitConverter.UInt32BitsToSingle(bits + ((uint)i * 4_093_211));
            var y =
                name == "float16"
                    ? Rounding.ToFloat16(Vector512.Create<float>(x))
                    : Rounding.ToBfloat16(Vector512.Create<float>(x));
            for (var i = 0; i < x.Length; i++)
                AssertSame(Round(name, x[i]), y[i]);
        }
    }

    /// <summary>The finite numbers of a format from 0 on, in ascending order, by its definition: m·2ᵉ.</summary>
    private static IEnumerable<float> NumbersOf(string name)
    {
        var (fractionBits, exponents, smallest) = name == "float16" ? (10, 31, -24) : (7, 255, -133);
        for (var exponent = 0; exponent < exponents; exponent++)
        {
            for (var fraction = 0; fraction < 1 << fractionBits; fraction++)
            {
                var (m, e) = exponent == 0 ? (fraction, 0) : (fraction + (1 << fractionBits), exponent - 1);
                yield return (float)double.ScaleB(m, e + smallest);
            }
        }
    }

    private static float Round(string name, float x) =>
        name == "float16" ? Rounding.ToFloat16(x) : Rounding.ToBfloat16(x);

    private static void Round(string name, float[] x, float[] y)
    {
        if (name == "float16")
            Rounding.ToFloat16(x, y);
        else
            Rounding.ToBfloat16(x, y);
    }

    private static void AssertSame(float expected, float actual) =>
        Assert.Equal(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(actual));
}
