using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

/// <summary>
/// Functions of float32 that give the same bits on every processor: made of <c>+ − × ÷ √</c>, fused multiply-add, comparisons and bit
/// operations only, in one order. Each takes one number or sixteen; a lane's value is that of its number alone. The payload and
/// sign of a NaN are not defined. Errors are at most 2 units in the last place; the README of this folder has each one's.
/// </summary>
public static partial class Float32
{
    /// <summary>A function, written once for every width of register.</summary>
    internal interface IFunction
    {
        static abstract T Of<T>(T x)
            where T : struct, IFloats<T>;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float One<TFunction>(float x)
        where TFunction : struct, IFunction => TFunction.Of(new Floats4(Vector128.Create(x))).Lanes.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Sixteen<TFunction>(Vector512<float> x)
        where TFunction : struct, IFunction =>
        Vector512.IsHardwareAccelerated
            ? TFunction.Of(new Floats16(x)).Lanes
            : Vector512.Create(Eight<TFunction>(x.GetLower()), Eight<TFunction>(x.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Eight<TFunction>(Vector256<float> x)
        where TFunction : struct, IFunction =>
        Vector256.IsHardwareAccelerated
            ? TFunction.Of(new Floats8(x)).Lanes
            : Vector256.Create(
                TFunction.Of(new Floats4(x.GetLower())).Lanes,
                TFunction.Of(new Floats4(x.GetUpper())).Lanes
            );

    /// <summary>A number that is positive, or has the other's sign already, with that sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CopySign<T>(T number, T sign)
        where T : struct, IFloats<T> => number | (sign & -0f);
}
