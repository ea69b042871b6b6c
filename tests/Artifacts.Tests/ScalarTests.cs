using System.Text.Json;

namespace Pipeline.Artifacts.Tests;

public sealed class ScalarTests
{
    [Theory]
    [InlineData("1e-2", "0.01")]
    [InlineData("0.010", "0.01")]
    [InlineData("1.0", "1")]
    [InlineData("1e1", "10")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("0.00001", "1E-05")]
    [InlineData("5e-324", "5E-324")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("9223372036854775808", "9.223372036854776E+18")]
    [InlineData("1e15", "1000000000000000")]
    [InlineData("1000000000000000", "1000000000000000")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("\"relu\"", "\"relu\"")]
    [InlineData("\"\\u0041\\/\"", "\"A/\"")]
    public void A_value_has_one_canonical_form(string written, string canonical)
    {
        var scalar = Scalar.Parse(written);

        Assert.Equal(canonical, scalar.Json);
        Assert.Equal(scalar, Scalar.Parse(canonical));
    }

    [Fact]
    public void Equal_numbers_are_equal_scalars_whatever_their_type()
    {
        Assert.Equal(Scalar.Of(15L), Scalar.Of(15.0));
        Assert.Equal(Scalar.Of(1_000_000_000_000_000_000L), Scalar.Of(1e18));
        Assert.Equal(Scalar.Of(long.MinValue), Scalar.Of(-9223372036854775808.0));
        Assert.Equal(Scalar.Of(0L), Scalar.Of(-0.0));
    }

    [Fact]
    public void A_text_is_never_equal_to_what_it_spells()
    {
        Assert.NotEqual(Scalar.Of("15"), Scalar.Of(15L));
        Assert.NotEqual(Scalar.Of("true"), Scalar.Of(true));
    }

    [Theory]
    [InlineData("say \"relu\"", "\"say \\\"relu\\\"\"")]
    [InlineData("a\\b", "\"a\\\\b\"")]
    [InlineData("two\nlines", "\"two\\nlines\"")]
    [InlineData("<σ² ≤ 1 & 'naïve'>", "\"<σ² ≤ 1 & 'naïve'>\"")]
    [InlineData("", "\"\"")]
    public void A_text_is_escaped_only_where_json_demands_it(string text, string json)
    {
        Assert.Equal(json, Scalar.Of(text).Json);
        Assert.Equal(text, Scalar.Of(text).ToString());
    }

    [Theory]
    [InlineData("🙂")]
    [InlineData("\0\u001F\u007F\u2028\uFEFF")]
    public void Any_text_comes_back_as_it_was(string text)
    {
        Assert.Equal(text, Scalar.Of(text).ToString());
        Assert.Equal(Scalar.Of(text), Scalar.Parse(Scalar.Of(text).Json));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.ThrowsAny<ArgumentException>(() => Scalar.Of("\uD83D"));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_must_be_finite(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Scalar.Of(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => CanonicalJson.Number(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("1e400")]
    [InlineData("01")]
    [InlineData("NaN")]
    [InlineData("relu")]
    public void What_is_no_scalar_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Scalar.Parse(json));

    [Fact]
    public void Every_number_comes_back_bit_by_bit()
    {
        var bits = 0x9E3779B97F4A7C15;
        for (var i = 0; i < 10_000; i++)
        {
            bits = (bits * 6364136223846793005) + 1442695040888963407;
            var value = BitConverter.UInt64BitsToDouble(bits);
            if (!double.IsFinite(value))
                continue;
            var back = Scalar.Parse(Scalar.Of(value).Json).ToDouble();
            Assert.Equal(bits, BitConverter.DoubleToUInt64Bits(back));
        }
    }

    [Fact]
    public void A_value_is_read_only_as_what_it_is()
    {
        Assert.Equal(-3, Scalar.Of(-3L).ToInt64());
        Assert.Equal(0.1, Scalar.Of(0.1).ToDouble());
        Assert.Throws<InvalidOperationException>(() => Scalar.Of(0.5).ToInt64());
        Assert.Throws<InvalidOperationException>(() => Scalar.Of(1e19).ToInt64());
        Assert.Throws<InvalidOperationException>(() => Scalar.Of("1").ToDouble());
        Assert.Throws<InvalidOperationException>(() => Scalar.Of(true).ToDouble());
        Assert.True(Scalar.Of("-1").IsText);
        Assert.False(Scalar.Of("-1").IsNumber);
        Assert.True(Scalar.Of(-1L).IsNumber);
        Assert.False(Scalar.Of(true).IsNumber);
    }

    [Fact]
    public void The_default_scalar_is_null_and_nothing_else()
    {
        Assert.Equal("null", default(Scalar).Json);
        Assert.False(default(Scalar).IsText);
        Assert.False(default(Scalar).IsNumber);
    }
}
