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
    public static void Copy(int rows, int columns, float* x, nint ldx, float* y, nint ldy)
    {
        for (; rows > 0; rows--, x += ldx, y += ldy)
        {
            var j = 0;
            for (; j <= columns - Vector256<float>.Count; j += Vector256<float>.Count)
                Vector256.Load(x + j).Store(y + j);
            for (; j <= columns - Vector128<float>.Count; j += Vector128<float>.Count)
                Vector128.Load(x + j).Store(y + j);
            for (; j < columns; j++)
                y[j] = x[j];
        }
    }

    /// <summary><c>y[p, j] = x[j, p]</c>, p being one of <paramref name="rows"/>, j of <paramref name="columns"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(int rows, int columns, float* x, nint ldx, float* y, nint ldy)
    {
        var j = 0;
        if (Avx512F.IsSupported)
        {
            for (; j <= columns - 16; j += 16)
                TransposeColumns<Count16>(rows, x + (j * ldx), ldx, y + j, ldy);
        }
        if (Sse.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; j <= columns - 4; j += 4)
                TransposeColumns<Count4>(rows, x + (j * ldx), ldx, y + j, ldy);
        }
        for (; j < columns; j++)
            TransposeColumns<Count1>(rows, x + (j * ldx), ldx, y + j, ldy);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeColumns<TColumns>(int rows, float* x, nint ldx, float* y, nint ldy)
        where TColumns : struct, ICount
    {
        var p = 0;
        if (TColumns.Value > 1)
        {
            for (; p <= rows - 4; p += 4, x += 4, y += 4 * ldy)
            {
                if (TColumns.Value == 16)
                    Transpose16(x, ldx, y, ldy);
                else
                    Transpose4(x, ldx, y, ldy);
            }
        }
        for (; p < rows; p++, x++, y += ldy)
        {
            for (var i = 0; i < TColumns.Value; i++)
                y[i] = x[i * ldx];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose16(float* x, nint ldx, float* y, nint ldy)
    {
        var x0 = Every4(x, ldx);
        var x1 = Every4(x + ldx, ldx);
        var x2 = Every4(x + (2 * ldx), ldx);
        var x3 = Every4(x + (3 * ldx), ldx);
        var (low0, high0) = (Avx512F.UnpackLow(x0, x2), Avx512F.UnpackHigh(x0, x2));
        var (low1, high1) = (Avx512F.UnpackLow(x1, x3), Avx512F.UnpackHigh(x1, x3));
        Avx512F.UnpackLow(low0, low1).Store(y);
        Avx512F.UnpackHigh(low0, low1).Store(y + ldy);
        Avx512F.UnpackLow(high0, high1).Store(y + (2 * ldy));
        Avx512F.UnpackHigh(high0, high1).Store(y + (3 * ldy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Every4(float* x, nint ldx) => Vector512.Create(
        Vector256.Create(Vector128.Load(x), Vector128.Load(x + (4 * ldx))),
        Vector256.Create(Vector128.Load(x + (8 * ldx)), Vector128.Load(x + (12 * ldx))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* x, nint ldx, float* y, nint ldy)
    {
        var (x0, x1, x2, x3) = (Vector128.Load(x), Vector128.Load(x + ldx), Vector128.Load(x + (2 * ldx)), Vector128.Load(x + (3 * ldx)));
        var (low0, high0) = (ZipLow(x0, x2), ZipHigh(x0, x2));
        var (low1, high1) = (ZipLow(x1, x3), ZipHigh(x1, x3));
        ZipLow(low0, low1).Store(y);
        ZipHigh(low0, low1).Store(y + ldy);
        ZipLow(high0, high1).Store(y + (2 * ldy));
        ZipHigh(high0, high1).Store(y + (3 * ldy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);
}
