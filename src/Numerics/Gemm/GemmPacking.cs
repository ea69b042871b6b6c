using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Numerics;

/// <summary>Moves operands to where the micro-kernel finds them side by side. No arithmetic.</summary>
internal static unsafe class GemmPacking
{
    /// <summary><c>y[p, j] = x[p, j]</c>, p being one of <paramref name="rows"/>, j of <paramref name="columns"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(int rows, int columns, T* x, nint ldx, T* y, nint ldy)
        where T : unmanaged
    {
        for (; rows > 0; rows--, x += ldx, y += ldy)
        {
            var j = 0;
            for (; j <= columns - Vector256<T>.Count; j += Vector256<T>.Count)
                Vector256.Load(x + j).Store(y + j);
            for (; j <= columns - Vector128<T>.Count; j += Vector128<T>.Count)
                Vector128.Load(x + j).Store(y + j);
            for (; j < columns; j++)
                y[j] = x[j];
        }
    }

    /// <summary><c>y = xᵀ</c>, x being m×n and both without gaps.</summary>
    public static void Transpose(int m, int n, ReadOnlySpan<float> x, Span<float> y)
    {
        fixed (
            float* px = x[..(m * n)],
                py = y[..(m * n)]
        )
            Transpose(n, m, px, n, py, m, isFar: false);
    }

    /// <summary>
    /// <c>y[p, j] = x[j, p]</c>, p being one of <paramref name="rows"/>, j of <paramref name="columns"/>; what <paramref name="isFar"/> is
    /// fetched ahead.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose<T>(int rows, int columns, T* x, nint ldx, T* y, nint ldy, bool isFar)
        where T : unmanaged
    {
        var square = Vector128<T>.Count;
        var j = 0;
        if (Avx512F.IsSupported)
        {
            for (; j <= columns - (4 * square); j += 4 * square)
                TransposeSquares<T, Count4>(rows, x + (j * ldx), ldx, y + j, ldy, isFar);
        }
        if (Sse2.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; j <= columns - square; j += square)
                TransposeSquares<T, Count1>(rows, x + (j * ldx), ldx, y + j, ldy, isFar);
        }
        for (; j < columns; j++)
        {
            for (var p = 0; p < rows; p++)
                y[(p * ldy) + j] = x[(j * ldx) + p];
        }
    }

    /// <summary>As many columns as squares side by side have: 4×4 numbers each if they are floats, 2×2 if doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeSquares<T, TSquares>(int rows, T* x, nint ldx, T* y, nint ldy, bool isFar)
        where T : unmanaged
        where TSquares : struct, ICount
    {
        var square = Vector128<T>.Count;
        var p = 0;
        var line = CacheLines.Bytes / sizeof(T);
        for (; p <= rows - square; p += square, x += square, y += square * ldy)
        {
            if (isFar && p % line == 0 && p + line < rows)
            {
                for (var j = 0; j < TSquares.Value * square; j++)
                    CacheLines.Fetch((byte*)(x + (j * ldx) + line), CacheLines.Bytes);
            }
            if (sizeof(T) == sizeof(float) && TSquares.Value == 4)
                Transpose4Squares((float*)x, ldx, (float*)y, ldy);
            else if (sizeof(T) == sizeof(float))
                TransposeSquare((float*)x, ldx, (float*)y, ldy);
            else if (TSquares.Value == 4)
                Transpose4Squares((double*)x, ldx, (double*)y, ldy);
            else
                TransposeSquare((double*)x, ldx, (double*)y, ldy);
        }
        for (; p < rows; p++, x++, y += ldy)
        {
            for (var j = 0; j < TSquares.Value * square; j++)
                y[j] = x[j * ldx];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4Squares(float* x, nint ldx, float* y, nint ldy)
    {
        var (x0, x1) = (Load4(x, 4 * ldx), Load4(x + ldx, 4 * ldx));
        var (x2, x3) = (Load4(x + (2 * ldx), 4 * ldx), Load4(x + (3 * ldx), 4 * ldx));
        var (low0, high0) = (Avx512F.UnpackLow(x0, x2), Avx512F.UnpackHigh(x0, x2));
        var (low1, high1) = (Avx512F.UnpackLow(x1, x3), Avx512F.UnpackHigh(x1, x3));
        Avx512F.UnpackLow(low0, low1).Store(y);
        Avx512F.UnpackHigh(low0, low1).Store(y + ldy);
        Avx512F.UnpackLow(high0, high1).Store(y + (2 * ldy));
        Avx512F.UnpackHigh(high0, high1).Store(y + (3 * ldy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4Squares(double* x, nint ldx, double* y, nint ldy)
    {
        var (x0, x1) = (Load4(x, 2 * ldx), Load4(x + ldx, 2 * ldx));
        Avx512F.UnpackLow(x0, x1).Store(y);
        Avx512F.UnpackHigh(x0, x1).Store(y + ldy);
    }

    /// <summary>A row of each of four squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Load4<T>(T* x, nint apart)
        where T : unmanaged =>
        Vector512.Create(
            Vector256.Create(Vector128.Load(x), Vector128.Load(x + apart)),
            Vector256.Create(Vector128.Load(x + (2 * apart)), Vector128.Load(x + (3 * apart)))
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(float* x, nint ldx, float* y, nint ldy)
    {
        var (x0, x1, x2, x3) = (
            Vector128.Load(x),
            Vector128.Load(x + ldx),
            Vector128.Load(x + (2 * ldx)),
            Vector128.Load(x + (3 * ldx))
        );
        var (low0, high0) = (ZipLow(x0, x2), ZipHigh(x0, x2));
        var (low1, high1) = (ZipLow(x1, x3), ZipHigh(x1, x3));
        ZipLow(low0, low1).Store(y);
        ZipHigh(low0, low1).Store(y + ldy);
        ZipLow(high0, high1).Store(y + (2 * ldy));
        ZipHigh(high0, high1).Store(y + (3 * ldy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(double* x, nint ldx, double* y, nint ldy)
    {
        var (x0, x1) = (Vector128.Load(x), Vector128.Load(x + ldx));
        Vector128.Create(x0.GetLower(), x1.GetLower()).Store(y);
        Vector128.Create(x0.GetUpper(), x1.GetUpper()).Store(y + ldy);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);
}
