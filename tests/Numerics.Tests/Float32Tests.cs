using System.Globalization;
using System.Runtime.Intrinsics;
using Xunit.Abstractions;

namespace Pipeline.Numerics.Tests;

/// <summary>
/// The functions against double precision. A pass takes a float of every few thousand; the environment variable NUMERICS_STRIDE
/// sets another stride, 1 for every float there is.
/// </summary>
public sealed class Float32Tests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Function> Functions = new(StringComparer.Ordinal)
    {
        ["exp"] = new(Float32.Exp, Float32.Exp, Math.Exp, 1.02),
        ["log"] = new(Float32.Log, Float32.Log, Math.Log, 0.95),
        ["exp_m1"] = new(Float32.ExpM1, Float32.ExpM1, ExpM1, 1.3),
        ["log_1p"] = new(Float32.Log1P, Float32.Log1P, Log1P, 0.93),
        ["tanh"] = new(Float32.Tanh, Float32.Tanh, Math.Tanh, 1.34),
        ["sigmoid"] = new(
            Float32.Sigmoid,
            Float32.Sigmoid,
            x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
            1.5
        ),
        ["erf"] = new(Float32.Erf, Float32.Erf, ErrorFunction.Erf, 0.83),
        ["erfc"] = new(Float32.Erfc, Float32.Erfc, ErrorFunction.Erfc, 1.96),
        ["normal_quantile"] = new(Float32.NormalQuantile, Float32.NormalQuantile, NormalQuantile, 1.09),
    };

    public static TheoryData<string> Names() => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_is_within_its_error_over_all_floats(string name)
    {
        var function = Functions[name];
        var stride = uint.Parse(
            Environment.GetEnvironmentVariable("NUMERICS_STRIDE") ?? "16381",
            CultureInfo.InvariantCulture
        );
        var (worst, at) = (0.0, 0f);
        Span<float> x = stackalloc float[Vector512<float>.Count];
        for (var bits = 0UL; bits <= uint.MaxValue; bits += 16UL * stride)
        {
            for (var i = 0; i < x.Length; i++)
                x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits + ((ulong)i * stride), uint.MaxValue));
            var y = function.Sixteen(Vector512.Create<float>(x));
            for (var i = 0; i < x.Length; i++)
            {
                var error = Ulps(y[i], function.Exact(x[i]));
                if (error > worst)
                    (worst, at) = (error, x[i]);
            }
        }

        output.WriteLine($"{name}: {worst:f3} ulp at {at:R}");
        Assert.True(worst <= function.Bound, $"{name}: {worst:f3} ulp at {at:R}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lane_has_the_bits_of_its_number_alone(string name)
    {
        var function = Functions[name];
        var x = new float[16];
        for (var index = 0u; index < 500; index++)
        {
            new RandomStream(21, RandomPurpose.Data, index).FillNormal(x);
            for (var i = 0; i < x.Length; i++)
                x[i] = name is "normal_quantile" ? MathF.Abs(x[i]) % 1 : x[i] * (index % 20);
            var y = function.Sixteen(Vector512.Create<float>(x));
            for (var i = 0; i < x.Length; i++)
                Assert.Equal(y[i], function.One(x[i]));
        }
    }

    [Theory]
    [InlineData("exp", float.NegativeInfinity, 0f)]
    [InlineData("exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("exp", 88.72284f, float.PositiveInfinity)]
    [InlineData("exp", -104f, 0f)]
    [InlineData("exp", -103.97207f, float.Epsilon)]
    [InlineData("exp", 0f, 1f)]
    [InlineData("exp", float.Epsilon, 1f)]
    [InlineData("log", 0f, float.NegativeInfinity)]
    [InlineData("log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("log", float.NegativeInfinity, float.NaN)]
    [InlineData("log", -float.Epsilon, float.NaN)]
    [InlineData("log", -1f, float.NaN)]
    [InlineData("log", float.Epsilon, -103.27893f)]
    [InlineData("log", 1f, 0f)]
    [InlineData("exp_m1", float.NegativeInfinity, -1f)]
    [InlineData("exp_m1", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("exp_m1", 88.72284f, float.PositiveInfinity)]
    [InlineData("exp_m1", float.Epsilon, float.Epsilon)]
    [InlineData("exp_m1", -float.Epsilon, -float.Epsilon)]
    [InlineData("log_1p", -1f, float.NegativeInfinity)]
    [InlineData("log_1p", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("log_1p", float.NegativeInfinity, float.NaN)]
    [InlineData("log_1p", -1.0000001f, float.NaN)]
    [InlineData("log_1p", float.MinValue, float.NaN)]
    [InlineData("log_1p", float.MaxValue, 88.72284f)]
    [InlineData("log_1p", float.Epsilon, float.Epsilon)]
    [InlineData("log_1p", -float.Epsilon, -float.Epsilon)]
    [InlineData("tanh", float.PositiveInfinity, 1f)]
    [InlineData("tanh", float.NegativeInfinity, -1f)]
    [InlineData("tanh", -float.Epsilon, -float.Epsilon)]
    [InlineData("sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("sigmoid", -0f, 0.5f)]
    [InlineData("sigmoid", -103.97207f, float.Epsilon)]
    [InlineData("erf", float.PositiveInfinity, 1f)]
    [InlineData("erf", float.NegativeInfinity, -1f)]
    [InlineData("erf", float.Epsilon, float.Epsilon)]
    [InlineData("erfc", float.PositiveInfinity, 0f)]
    [InlineData("erfc", float.NegativeInfinity, 2f)]
    [InlineData("erfc", 0f, 1f)]
    [InlineData("erfc", 11f, 0f)]
    [InlineData("normal_quantile", 0f, float.NegativeInfinity)]
    [InlineData("normal_quantile", 1f, float.PositiveInfinity)]
    [InlineData("normal_quantile", 0.5f, 0f)]
    [InlineData("normal_quantile", -float.Epsilon, float.NaN)]
    [InlineData("normal_quantile", 1.0000001f, float.NaN)]
    [InlineData("normal_quantile", float.PositiveInfinity, float.NaN)]
    public void Special_values_are_as_documented(string name, float x, float expected)
    {
        var actual = Functions[name].One(x);

        Assert.Equal(expected, actual);
        Assert.True(
            float.IsNaN(expected) || float.IsNegative(expected) == float.IsNegative(actual),
            "The sign of zero differs."
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_gives_NaN(string name)
    {
        Assert.True(float.IsNaN(Functions[name].One(float.NaN)));
        Assert.True(float.IsNaN(Functions[name].One(BitConverter.UInt32BitsToSingle(0xFFFFFFFF))));
    }

    [Theory]
    [InlineData("exp_m1")]
    [InlineData("log_1p")]
    [InlineData("tanh")]
    [InlineData("erf")]
    public void The_sign_of_zero_is_kept(string name)
    {
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(Functions[name].One(0f)));
        Assert.Equal(0x80000000u, BitConverter.SingleToUInt32Bits(Functions[name].One(-0f)));
    }

    [Fact]
    public void Negative_zero_is_taken_for_zero()
    {
        Assert.Equal(1, Float32.Exp(-0f));
        Assert.Equal(float.NegativeInfinity, Float32.Log(-0f));
        Assert.Equal(float.NegativeInfinity, Float32.NormalQuantile(-0f));
    }

    /// <summary>(eˣ − 1) x / ln eˣ, where the errors of eˣ as rounded cancel (W. Kahan).</summary>
    private static double ExpM1(double x)
    {
        var u = Math.Exp(x);
        return u == 1 || double.IsNaN(x) ? x
            : u - 1 == -1 || double.IsInfinity(u) ? u - 1
            : (u - 1) * (x / Math.Log(u));
    }

    /// <summary>ln(w) x / (w − 1) with w = 1 + x as rounded (W. Kahan).</summary>
    private static double Log1P(double x)
    {
        var w = 1 + x;
        return w == 1 || double.IsPositiveInfinity(x) ? x : Math.Log(w) * (x / (w - 1));
    }

    private static double NormalQuantile(double p) =>
        p switch
        {
            0 => double.NegativeInfinity,
            1 => double.PositiveInfinity,
            > 0 and <= 0.5 => ErrorFunction.NormalQuantileOfLowerHalf(p, Float32.NormalQuantile((float)p)),
            > 0.5 and < 1 => -ErrorFunction.NormalQuantileOfLowerHalf(1 - p, Float32.NormalQuantile((float)(1 - p))),
            _ => double.NaN,
        };

    /// <summary>The distance in units of the exact value's last place as a float.</summary>
    private static double Ulps(float actual, double exact)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
            return double.IsNaN(exact) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if (float.IsInfinity(actual) || float.IsInfinity((float)exact))
            return (float)exact == actual ? 0 : double.PositiveInfinity;
        return Math.Abs(actual - exact) / UlpOf(exact);
    }

    private static double UlpOf(double value) =>
        Math.ScaleB(1, Math.Max(value == 0 ? int.MinValue : Math.ILogB(value), -126) - 23);

    private sealed record Function(
        Func<float, float> One,
        Func<Vector512<float>, Vector512<float>> Sixteen,
        Func<double, double> Exact,
        double Bound
    );
}
