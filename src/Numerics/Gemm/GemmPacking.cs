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
                Transpose<T, Vector512<T>, Squares512<T>>(rows, x + (j * ldx), ldx, y + j, ldy, isFar);
        }
        if (Avx.IsSupported)
        {
            for (; j <= columns - (2 * square); j += 2 * square)
                Transpose<T, Vector256<T>, Squares256<T>>(rows, x + (j * ldx), ldx, y + j, ldy, isFar);
        }
        if (Sse2.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; j <= columns - square; j += square)
                Transpose<T, Vector128<T>, Squares128<T>>(rows, x + (j * ldx), ldx, y + j, ldy, isFar);
        }
        for (; j < columns; j++)
        {
            for (var p = 0; p < rows; p++)
                y[(p * ldy) + j] = x[(j * ldx) + p];
        }
    }

    /// <summary>As many columns as a register has numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose<T, TVector, TSquares>(int rows, T* x, nint ldx, T* y, nint ldy, bool isFar)
        where T : unmanaged
        where TVector : unmanaged
        where TSquares : struct, ISquares<T, TVector>
    {
        var square = Vector128<T>.Count;
        var apart = square * ldx;
        var columns = sizeof(TVector) / sizeof(T);
        var p = 0;
        var line = CacheLines.Bytes / sizeof(T);
        for (; p <= rows - square; p += square, x += square, y += square * ldy)
        {
            if (isFar && p % line == 0 && p + line < rows)
            {
                for (var j = 0; j < columns; j++)
                    CacheLines.Fetch((byte*)(x + (j * ldx) + line), CacheLines.Bytes);
            }
            var (x0, x1) = (TSquares.Load(x, apart), TSquares.Load(x + ldx, apart));
            if (square == 2)
            {
                TSquares.Store(TSquares.ZipLow(x0, x1), y);
                TSquares.Store(TSquares.ZipHigh(x0, x1), y + ldy);
                continue;
            }
            var (x2, x3) = (TSquares.Load(x + (2 * ldx), apart), TSquares.Load(x + (3 * ldx), apart));
            var (low0, high0) = (TSquares.ZipLow(x0, x2), TSquares.ZipHigh(x0, x2));
            var (low1, high1) = (TSquares.ZipLow(x1, x3), TSquares.ZipHigh(x1, x3));
            TSquares.Store(TSquares.ZipLow(low0, low1), y);
            TSquares.Store(TSquares.ZipHigh(low0, low1), y + ldy);
            TSquares.Store(TSquares.ZipLow(high0, high1), y + (2 * ldy));
            TSquares.Store(TSquares.ZipHigh(high0, high1), y + (3 * ldy));
        }
        for (; p < rows; p++, x++, y += ldy)
        {
            for (var j = 0; j < columns; j++)
                y[j] = x[j * ldx];
        }
    }
}
