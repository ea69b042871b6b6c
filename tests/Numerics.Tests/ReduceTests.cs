using System.Runtime.Intrinsics;

namespace Pipeline.Numerics.Tests;

public sealed class ReduceTests
{
    public static TheoryData<int> Lengths() => [.. Enumerable.Range(0, 257)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_reduction_of_any_length_follows_the_order_that_is_documented(int length)
    {
        var x = new float[length];
        new RandomStream(3, RandomPurpose.Data).FillNormal(x);

        Assert.Equal(Defined(x, 0, (lane, v) => lane + v, (v, w) => v + w), Reduce.Sum(x));
        Assert.Equal(
            Defined(x, 0, (lane, v) => MathF.FusedMultiplyAdd(v, v, lane), (v, w) => v + w),
            Reduce.SumOfSquares(x)
        );
        Assert.Equal(Defined(x, float.NegativeInfinity, MathF.Max, MathF.Max), Reduce.Max(x));
    }

    [Fact]
    public void Lanes_are_folded_in_halves()
    {
        var lanes = new float[16];
        new RandomStream(4, RandomPurpose.Data).FillNormal(lanes);

        Assert.Equal(Folded(lanes, (v, w) => v + w), Reduce.SumLanes(Vector512.Create<float>(lanes)));
        Assert.Equal(Folded(lanes, MathF.Max), Reduce.MaxLanes(Vector512.Create<float>(lanes)));
    }

    [Fact]
    public void NaN_anywhere_makes_a_reduction_NaN()
    {
        for (var length = 1; length <= 40; length++)
        {
            for (var at = 0; at < length; at++)
            {
                var x = new float[length];
                x[at] = float.NaN;
                Assert.True(
                    float.IsNaN(Reduce.Sum(x)) && float.IsNaN(Reduce.SumOfSquares(x)) && float.IsNaN(Reduce.Max(x))
                );
            }
        }
    }

    [Fact]
    public void The_largest_of_zeros_is_the_positive_one()
    {
        var x = new float[20];
        Array.Fill(x, -0f);
        Assert.True(float.IsNegative(Reduce.Max(x)));
        x[17] = 0;
        Assert.False(float.IsNegative(Reduce.Max(x)));
    }

    private static float Defined(float[] x, float start, Func<float, float, float> take, Func<float, float, float> fold)
    {
        var lanes = new float[16];
        Array.Fill(lanes, start);
        for (var i = 0; i < x.Length; i++)
            lanes[i % 16] = take(lanes[i % 16], x[i]);
        return Folded(lanes, fold);
    }

    private static float Folded(float[] lanes, Func<float, float, float> fold)
    {
        for (var half = 8; half > 0; half /= 2)
            lanes = [.. Enumerable.Range(0, half).Select(j => fold(lanes[j], lanes[j + half]))];
        return lanes[0];
    }
}
