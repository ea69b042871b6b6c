using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <content>The tiles of the micro-kernel.</content>
internal static unsafe partial class ConvolutionDriver<TLanes, TVector>
    where TLanes : struct, ILanes<float, TVector>
    where TVector : unmanaged
{
    /// <summary>A tile of the result, beside its place where the panel is wider than what is left of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(
        int rows,
        int width,
        int columns,
        int k,
        int segments,
        float* a,
        nint aRow,
        nint aStep,
        nint aJump,
        float* b,
        float* c,
        nint ldc,
        bool accumulate,
        float* edge
    )
    {
        if (columns >= width)
        {
            Run(rows, width, k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
            return;
        }
        if (accumulate)
            GemmPacking.Copy(rows, columns, c, ldc, edge, width);
        Run(rows, width, k, segments, a, aRow, aStep, aJump, b, edge, width, accumulate);
        GemmPacking.Copy(rows, columns, edge, width, c, ldc);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(
        int rows,
        int width,
        int k,
        int segments,
        float* a,
        nint aRow,
        nint aStep,
        nint aJump,
        float* b,
        float* c,
        nint ldc,
        bool accumulate
    )
    {
        if (width == Panel)
            Run<Count2>(rows, k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
        else
            Run<Count1>(rows, k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TColumns>(
        int rows,
        int k,
        int segments,
        float* a,
        nint aRow,
        nint aStep,
        nint aJump,
        float* b,
        float* c,
        nint ldc,
        bool accumulate
    )
        where TColumns : struct, ICount
    {
        switch (rows)
        {
            case 1:
                Run<Count1, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 2:
                Run<Count2, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 3:
                Run<Count3, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 4:
                Run<Count4, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 5:
                Run<Count5, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 6:
                Run<Count6, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 7:
                Run<Count7, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 8:
                Run<Count8, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 9:
                Run<Count9, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 10:
                Run<Count10, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            case 11:
                Run<Count11, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
            default:
                Run<Count12, TColumns>(k, segments, a, aRow, aStep, aJump, b, c, ldc, accumulate);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<TRows, TColumns>(
        int k,
        int segments,
        float* a,
        nint aRow,
        nint aStep,
        nint aJump,
        float* b,
        float* c,
        nint ldc,
        bool accumulate
    )
        where TRows : struct, ICount
        where TColumns : struct, ICount =>
        GemmTile<TLanes, float, TVector>.Run<TRows, TColumns>(
            k,
            segments,
            a,
            aRow,
            aStep,
            aJump,
            b,
            sizeof(TVector) / sizeof(float) * TColumns.Value,
            c,
            ldc,
            accumulate
        );
}
