using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Numerics;

/// <summary>Sixteen lanes: AVX-512.</summary>
internal readonly struct Floats16 : IRegister<Floats16>
{
    private readonly Vector512<float> lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Floats16(Vector512<float> lanes) => this.lanes = lanes;

    public static int Count => 16;

    public Vector512<float> Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Load(ref float start, nuint at) => new(Vector512.LoadUnsafe(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float start, nuint at) => lanes.StoreUnsafe(ref start, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Floats16(float x) => new(Vector512.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator +(Floats16 x, Floats16 y) => new(x.lanes + y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator -(Floats16 x, Floats16 y) => new(x.lanes - y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator *(Floats16 x, Floats16 y) => new(x.lanes * y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator /(Floats16 x, Floats16 y) => new(x.lanes / y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator -(Floats16 x) => new(-x.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator &(Floats16 x, Floats16 y) => new(x.lanes & y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator |(Floats16 x, Floats16 y) => new(x.lanes | y.lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator <(Floats16 x, Floats16 y) => new(Vector512.LessThan(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator >(Floats16 x, Floats16 y) => new(Vector512.GreaterThan(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator <=(Floats16 x, Floats16 y) => new(Vector512.LessThanOrEqual(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator >=(Floats16 x, Floats16 y) => new(Vector512.GreaterThanOrEqual(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Equal(Floats16 x, Floats16 y) => new(Vector512.Equals(x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Select(Floats16 mask, Floats16 x, Floats16 y) =>
        new(Vector512.ConditionalSelect(mask.lanes, x.lanes, y.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 MultiplyAdd(Floats16 x, Floats16 y, Floats16 sum) =>
        new(Vector512.FusedMultiplyAdd(x.lanes, y.lanes, sum.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Abs(Floats16 x) => new(Vector512.Abs(x.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 OfBits(int bits) => new(Vector512.Create(bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 AddBits(Floats16 x, Floats16 y) => new((x.lanes.AsInt32() + y.lanes.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 SubtractBits(Floats16 x, Floats16 y) =>
        new((x.lanes.AsInt32() - y.lanes.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 ShiftBitsLeft(Floats16 x, int count) => new((x.lanes.AsInt32() << count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 ShiftBitsRight(Floats16 x, int count) => new((x.lanes.AsInt32() >> count).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 BitsToFloat(Floats16 x) => new(Vector512.ConvertToSingle(x.lanes.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 AtMost(Floats16 x, Floats16 bound) => new(Avx512F.Min(bound.lanes, x.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 AtLeast(Floats16 x, Floats16 bound) => new(Avx512F.Max(bound.lanes, x.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Scale(Floats16 y, Floats16 rounded) =>
        new(Avx512F.Scale(y.lanes, rounded.lanes - Vector512.Create(Float32.Rounder)));
}
