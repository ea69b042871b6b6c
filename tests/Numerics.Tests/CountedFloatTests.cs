namespace Pipeline.Numerics.Tests;

public sealed class CountedFloatTests
{
    private static readonly Dictionary<
        string,
        (Func<float, float> One, Func<CountedFloat, CountedFloat> Counted)
    > Functions = new(StringComparer.Ordinal)
    {
        ["exp"] = (Float32.Exp, Float32.Exp),
        ["exp_m1"] = (Float32.ExpM1, Float32.ExpM1),
        ["log_1p"] = (Float32.Log1P, Float32.Log1P),
        ["sigmoid"] = (Float32.Sigmoid, Float32.Sigmoid),
        ["tanh"] = (Float32.Tanh, Float32.Tanh),
        ["erf"] = (Float32.Erf, Float32.Erf),
    };

    public static TheoryData<string> Names() => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_counted_function_gives_the_same_bits_and_the_same_count_for_every_number(string name)
    {
        var (one, counted) = Functions[name];
        var counts = Count(counted, 1);
        Assert.True(counts.Total > 0);
        for (var bits = 0UL; bits <= uint.MaxValue; bits += 65_537)
        {
            var x = BitConverter.UInt32BitsToSingle((uint)bits);
            var tally = new OperationTally();
            var (expected, actual) = (one(x), counted(new(x, tally)).Value);
            Assert.True(
                float.IsNaN(expected)
                    ? float.IsNaN(actual)
                    : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual),
                $"{name}({x:R}) is {actual:R}, not {expected:R}"
            );
            Assert.Equal(counts, tally.Counts);
        }
    }

    /// <summary>
    /// Of the exponential: two comparisons and selections; for n and r three fused multiply-adds and a subtraction; four more for q(r), the
    /// square, one to put r to it, the sum with 1; the power of 2 in seven operations on whole numbers and two multiplications.
    /// </summary>
    [Fact]
    public void The_exponential_takes_32_operations() =>
        Assert.Equal(
            new(Additions: 3 + 1 + 4 + 1 + 1, Multiplications: 3 + 4 + 1 + 1 + 2, Divisions: 0, Others: 4 + 7),
            Count(Float32.Exp, 1)
        );

    /// <summary>
    /// That of −|x|, an absolute value and a sign; which numerator, a comparison and a selection; d and what it lacks, three sums; 1/d and
    /// the product with it; the remainder in two fused multiply-adds and two signs, and one more to correct by it.
    /// </summary>
    [Fact]
    public void The_sigmoid_takes_an_exponential_and_a_division() =>
        Assert.Equal(
            new(Additions: 10 + 3 + 2 + 1, Multiplications: 11 + 1 + 2 + 1, Divisions: 1, Others: 11 + 2 + 2 + 2),
            Count(Float32.Sigmoid, 1)
        );

    [Fact]
    public void A_fused_multiply_add_is_a_multiplication_and_an_addition() =>
        Assert.Equal(new(1, 1, 0, 0), Count(x => CountedFloat.MultiplyAdd(x, 2f, 3f), 1));

    [Fact]
    public void What_is_made_of_constants_alone_is_not_counted() =>
        Assert.Equal(new(1, 0, 0, 0), Count(x => x + ((CountedFloat)2f * 3f), 1));

    [Fact]
    public void Each_operation_is_counted_as_its_kind() =>
        Assert.Equal(new(2, 1, 1, 3), Count(x => CountedFloat.Select(x < 0f, -x, ((x + 1f) * 2f / 3f) - 1f), 1));

    [Fact]
    public void A_look_up_is_two_operations_and_gives_the_entry()
    {
        var tally = new OperationTally();
        Assert.Equal(7, new CountedFloat(2.9f, tally).LookUp([5, 6, 7]).Value);
        Assert.Equal(new(0, 0, 0, 2), tally.Counts);
    }

    private static OperationCounts Count(Func<CountedFloat, CountedFloat> function, float x)
    {
        var tally = new OperationTally();
        _ = function(new(x, tally));
        return tally.Counts;
    }
}
