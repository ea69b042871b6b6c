using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

/// <summary>Four lanes: NEON, and single numbers everywhere.</summary>
internal readonly struct Floats4 : IRegister<Floats4>
{
    private readonly Vector128<float> lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Floats4(Vector128<float> lanes) => this.lanes = lanes;

    public static int Count => 4;

    public Vector128<float> Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Load(ref float start, nuint at) => new(Vector128.LoadUnsafe(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float start, nuint at) => lanes.StoreUnsafe(ref start, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats4(float x) => new(Vector128.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator +(Floats4 x, Floats4 y) => new(x.lanes + y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator -(Floats4 x, Floats4 y) => new(x.lanes - y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator *(Floats4 x, Floats4 y) => new(x.lanes * y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator /(Floats4 x, Floats4 y) => new(x.lanes / y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator -(Floats4 x) => new(-x.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator &(Floats4 x, Floats4 y) => new(x.lanes & y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator |(Floats4 x, Floats4 y) => new(x.lanes | y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator <(Floats4 x, Floats4 y) => new(Vector128.LessThan(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator >(Floats4 x, Floats4 y) => new(Vector128.GreaterThan(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator <=(Floats4 x, Floats4 y) => new(Vector128.LessThanOrEqual(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator >=(Floats4 x, Floats4 y) => new(Vector128.GreaterThanOrEqual(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Equal(Floats4 x, Floats4 y) => new(Vector128.Equals(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Select(Floats4 mask, Floats4 x, Floats4 y) =>
        new(Vector128.ConditionalSelect(mask.lanes, x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 MultiplyAdd(Floats4 x, Floats4 y, Floats4 sum) =>
        new(Vector128.FusedMultiplyAdd(x.lanes, y.lanes, sum.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Abs(Floats4 x) => new(Vector128.Abs(x.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 OfBits(int bits) => new(Vector128.Create(bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 AddBits(Floats4 x, Floats4 y) => new((x.lanes.AsInt32() + y.lanes.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 SubtractBits(Floats4 x, Floats4 y) => new((x.lanes.AsInt32() - y.lanes.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 ShiftBitsLeft(Floats4 x, int count) => new((x.lanes.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 ShiftBitsRight(Floats4 x, int count) => new((x.lanes.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 BitsToFloat(Floats4 x) => new(Vector128.ConvertToSingle(x.lanes.AsInt32()));
}
