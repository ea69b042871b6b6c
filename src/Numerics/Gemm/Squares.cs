using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Numerics;

/// <summary>
/// A register that holds a row of each of some squares side by side: of 4×4 numbers if they are floats, of 2×2 if doubles. No arithmetic.
/// </summary>
/// <typeparam name="T">The numbers: float or double.</typeparam>
/// <typeparam name="TVector">The register.</typeparam>
internal unsafe interface ISquares<T, TVector>
    where T : unmanaged
    where TVector : unmanaged
{
    /// <summary>A row of each square, the rows being <paramref name="apart"/> numbers apart.</summary>
    static abstract TVector Load(T* source, nint apart);

    static abstract void Store(TVector vector, T* target);

    /// <summary>For each square, the first halves of two rows, a number of one and a number of the other in turn.</summary>
    static abstract TVector ZipLow(TVector x, TVector y);

    /// <summary>For each square, the second halves.</summary>
    static abstract TVector ZipHigh(TVector x, TVector y);
}

internal readonly unsafe struct Squares512<T> : ISquares<T, Vector512<T>>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source, nint apart) =>
        Vector512.Create(Squares256<T>.Load(source, apart), Squares256<T>.Load(source + (2 * apart), apart));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, T* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipLow(Vector512<T> x, Vector512<T> y) =>
        typeof(T) == typeof(float)
            ? Avx512F.UnpackLow(x.AsSingle(), y.AsSingle()).As<float, T>()
            : Avx512F.UnpackLow(x.AsDouble(), y.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipHigh(Vector512<T> x, Vector512<T> y) =>
        typeof(T) == typeof(float)
            ? Avx512F.UnpackHigh(x.AsSingle(), y.AsSingle()).As<float, T>()
            : Avx512F.UnpackHigh(x.AsDouble(), y.AsDouble()).As<double, T>();
}

internal readonly unsafe struct Squares256<T> : ISquares<T, Vector256<T>>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source, nint apart) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + apart));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, T* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipLow(Vector256<T> x, Vector256<T> y) =>
        typeof(T) == typeof(float)
            ? Avx.UnpackLow(x.AsSingle(), y.AsSingle()).As<float, T>()
            : Avx.UnpackLow(x.AsDouble(), y.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipHigh(Vector256<T> x, Vector256<T> y) =>
        typeof(T) == typeof(float)
            ? Avx.UnpackHigh(x.AsSingle(), y.AsSingle()).As<float, T>()
            : Avx.UnpackHigh(x.AsDouble(), y.AsDouble()).As<double, T>();
}

internal readonly unsafe struct Squares128<T> : ISquares<T, Vector128<T>>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source, nint apart) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> vector, T* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipLow(Vector128<T> x, Vector128<T> y) =>
        typeof(T) == typeof(double) ? Vector128.Create(x.GetLower(), y.GetLower())
        : Sse.IsSupported ? Sse.UnpackLow(x.AsSingle(), y.AsSingle()).As<float, T>()
        : AdvSimd.Arm64.ZipLow(x.AsSingle(), y.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipHigh(Vector128<T> x, Vector128<T> y) =>
        typeof(T) == typeof(double) ? Vector128.Create(x.GetUpper(), y.GetUpper())
        : Sse.IsSupported ? Sse.UnpackHigh(x.AsSingle(), y.AsSingle()).As<float, T>()
        : AdvSimd.Arm64.ZipHigh(x.AsSingle(), y.AsSingle()).As<float, T>();
}
