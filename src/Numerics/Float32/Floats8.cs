using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Numerics;

/// <summary>Eight lanes: AVX2.</summary>
internal readonly struct Floats8 : IRegister<Floats8>
{
    private readonly Vector256<float> lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Floats8(Vector256<float> lanes) => this.lanes = lanes;

    public static int Count => 8;

    public Vector256<float> Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Load(ref float start, nuint at) => new(Vector256.LoadUnsafe(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float start, nuint at) => lanes.StoreUnsafe(ref start, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats8(float x) => new(Vector256.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator +(Floats8 x, Floats8 y) => new(x.lanes + y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator -(Floats8 x, Floats8 y) => new(x.lanes - y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator *(Floats8 x, Floats8 y) => new(x.lanes * y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator /(Floats8 x, Floats8 y) => new(x.lanes / y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator -(Floats8 x) => new(-x.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator &(Floats8 x, Floats8 y) => new(x.lanes & y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator |(Floats8 x, Floats8 y) => new(x.lanes | y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator <(Floats8 x, Floats8 y) => new(Vector256.LessThan(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator >(Floats8 x, Floats8 y) => new(Vector256.GreaterThan(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator <=(Floats8 x, Floats8 y) => new(Vector256.LessThanOrEqual(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator >=(Floats8 x, Floats8 y) => new(Vector256.GreaterThanOrEqual(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Equal(Floats8 x, Floats8 y) => new(Vector256.Equals(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Select(Floats8 mask, Floats8 x, Floats8 y) =>
        new(Vector256.ConditionalSelect(mask.lanes, x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 MultiplyAdd(Floats8 x, Floats8 y, Floats8 sum) =>
        new(Vector256.FusedMultiplyAdd(x.lanes, y.lanes, sum.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Abs(Floats8 x) => new(Vector256.Abs(x.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 OfBits(int bits) => new(Vector256.Create(bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 AddBits(Floats8 x, Floats8 y) => new((x.lanes.AsInt32() + y.lanes.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 SubtractBits(Floats8 x, Floats8 y) => new((x.lanes.AsInt32() - y.lanes.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 ShiftBitsLeft(Floats8 x, int count) => new((x.lanes.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 ShiftBitsRight(Floats8 x, int count) => new((x.lanes.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 BitsToFloat(Floats8 x) => new(Vector256.ConvertToSingle(x.lanes.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 AtMost(Floats8 x, Floats8 bound) => new(Avx.Min(bound.lanes, x.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 AtLeast(Floats8 x, Floats8 bound) => new(Avx.Max(bound.lanes, x.lanes));
}
