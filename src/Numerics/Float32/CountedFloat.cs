namespace Pipeline.Numerics;

/// <summary>
/// One float32 that counts what is done to it. Formulas over <see cref="IFloats{T}"/> give the bits that they give in a register, and the
/// tally has the operations, as the formula is written. What is made of constants alone isn't counted: it is there before the first value.
/// </summary>
internal readonly struct CountedFloat : IFloats<CountedFloat>
{
    private static readonly OperationCounts Addition = new(1, 0, 0, 0);
    private static readonly OperationCounts Multiplication = new(0, 1, 0, 0);
    private static readonly OperationCounts Division = new(0, 0, 1, 0);
    private static readonly OperationCounts Other = new(0, 0, 0, 1);

    private readonly OperationTally? tally;

    /// <param name="value">The number.</param>
    /// <param name="tally">Where to count; null for a constant.</param>
    public CountedFloat(float value, OperationTally? tally) => (Value, this.tally) = (value, tally);

    /// <summary>The number; a mask's is a NaN or 0.</summary>
    public float Value { get; }

    private int Bits => BitConverter.SingleToInt32Bits(Value);

    public static implicit operator CountedFloat(float x) => new(x, tally: null);

    public static CountedFloat operator +(CountedFloat x, CountedFloat y) => Count(Addition, x.Value + y.Value, x, y);

    public static CountedFloat operator -(CountedFloat x, CountedFloat y) => Count(Addition, x.Value - y.Value, x, y);

    public static CountedFloat operator *(CountedFloat x, CountedFloat y) =>
        Count(Multiplication, x.Value * y.Value, x, y);

    public static CountedFloat operator /(CountedFloat x, CountedFloat y) => Count(Division, x.Value / y.Value, x, y);

    public static CountedFloat operator -(CountedFloat x) => Count(Other, -x.Value, x);

    public static CountedFloat operator &(CountedFloat x, CountedFloat y) => CountBits(x.Bits & y.Bits, x, y);

    public static CountedFloat operator |(CountedFloat x, CountedFloat y) => CountBits(x.Bits | y.Bits, x, y);

    public static CountedFloat operator <(CountedFloat x, CountedFloat y) => Compare(x.Value < y.Value, x, y);

    public static CountedFloat operator >(CountedFloat x, CountedFloat y) => Compare(x.Value > y.Value, x, y);

    public static CountedFloat operator <=(CountedFloat x, CountedFloat y) => Compare(x.Value <= y.Value, x, y);

    public static CountedFloat operator >=(CountedFloat x, CountedFloat y) => Compare(x.Value >= y.Value, x, y);

    public static CountedFloat Equal(CountedFloat x, CountedFloat y) => Compare(x.Value == y.Value, x, y);

    public static CountedFloat Select(CountedFloat mask, CountedFloat x, CountedFloat y) =>
        CountBits((mask.Bits & x.Bits) | (~mask.Bits & y.Bits), mask, x, y);

    public static CountedFloat MultiplyAdd(CountedFloat x, CountedFloat y, CountedFloat sum) =>
        Count(Multiplication + Addition, float.FusedMultiplyAdd(x.Value, y.Value, sum.Value), x, y, sum);

    public static CountedFloat Abs(CountedFloat x) => Count(Other, MathF.Abs(x.Value), x);

    public static CountedFloat OfBits(int bits) => BitConverter.Int32BitsToSingle(bits);

    public static CountedFloat AddBits(CountedFloat x, CountedFloat y) => CountBits(unchecked(x.Bits + y.Bits), x, y);

    public static CountedFloat SubtractBits(CountedFloat x, CountedFloat y) =>
        CountBits(unchecked(x.Bits - y.Bits), x, y);

    public static CountedFloat ShiftBitsLeft(CountedFloat x, int count) => CountBits(x.Bits << count, x);

    public static CountedFloat ShiftBitsRight(CountedFloat x, int count) => CountBits(x.Bits >> count, x);

    public static CountedFloat BitsToFloat(CountedFloat x) => Count(Other, x.Bits, x);

    /// <summary>The entry at the whole part of the number, which the table must have: cutting off and looking up.</summary>
    public CountedFloat LookUp(ReadOnlySpan<float> table) => Count(Other + Other, table[(int)Value], this);

    private static CountedFloat Compare(bool isTrue, CountedFloat x, CountedFloat y) =>
        CountBits(isTrue ? -1 : 0, x, y);

    private static CountedFloat CountBits(
        int bits,
        CountedFloat x,
        CountedFloat y = default,
        CountedFloat z = default
    ) => Count(Other, BitConverter.Int32BitsToSingle(bits), x, y, z);

    private static CountedFloat Count(
        OperationCounts operations,
        float value,
        CountedFloat x,
        CountedFloat y = default,
        CountedFloat z = default
    )
    {
        var tally = x.tally ?? y.tally ?? z.tally;
        tally?.Counts += operations;
        return new(value, tally);
    }
}
