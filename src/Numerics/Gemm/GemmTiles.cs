using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <summary>Chooses the tiles of a panel.</summary>
internal static unsafe class GemmTiles<TLanes, T, TVector>
    where TLanes : struct, ILanes<T, TVector>
    where T : unmanaged
    where TVector : unmanaged
{
    private static int Panel => 2 * sizeof(TVector) / sizeof(T);

    /// <summary>
    /// The tiles of a panel of B, <paramref name="width"/> columns wide, one below the other. If it <paramref name="fetchesPanel"/>, each
    /// has a share of the panel to the right on its way to the caches, so that all is there when the last is made; if it
    /// <paramref name="fetchesC"/>, the place of the next one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        int m,
        int width,
        int k,
        T* a,
        nint aRow,
        nint aStep,
        T* b,
        nint bStep,
        T* c,
        nint ldc,
        bool accumulate,
        bool fetchesPanel,
        bool fetchesC
    )
    {
        if (width == Panel)
            Tiles<Count2>(m, k, a, aRow, aStep, b, bStep, c, ldc, accumulate, fetchesPanel, fetchesC);
        else
            Tiles<Count1>(m, k, a, aRow, aStep, b, bStep, c, ldc, accumulate, fetchesPanel, fetchesC);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TColumns>(
        int m,
        int k,
        T* a,
        nint aRow,
        nint aStep,
        T* b,
        nint bStep,
        T* c,
        nint ldc,
        bool accumulate,
        bool fetchesPanel,
        bool fetchesC
    )
        where TColumns : struct, ICount
    {
        var (next, left) = ((nint)b + (Panel * sizeof(T)), fetchesPanel ? k : 0);
        var share = ((k * TLanes.TileRows) + m - 1) / m;
        for (int i = 0, rows; i < m; i += rows, a += rows * aRow, c += rows * ldc)
        {
            for (var steps = Math.Min(share, left); steps > 0; steps--, left--, next += bStep * sizeof(T))
                CacheLines.Fetch((byte*)next, Panel * sizeof(T));
            for (var row = TLanes.TileRows; fetchesC && row < Math.Min(2 * TLanes.TileRows, m - i); row++)
                CacheLines.Fetch((byte*)(c + (row * ldc)), Panel * sizeof(T));
            if (TLanes.TileRows == 12 && m - i >= 12)
                rows = Tile<Count12, TColumns>(k, a, aRow, aStep, b, bStep, c, ldc, accumulate);
            else if (TLanes.TileRows == 12 && m - i >= 8)
                rows = Tile<Count8, TColumns>(k, a, aRow, aStep, b, bStep, c, ldc, accumulate);
            else if (TLanes.TileRows == 6 && m - i >= 6)
                rows = Tile<Count6, TColumns>(k, a, aRow, aStep, b, bStep, c, ldc, accumulate);
            else if (m - i >= 4)
                rows = Tile<Count4, TColumns>(k, a, aRow, aStep, b, bStep, c, ldc, accumulate);
            else
                rows = Tile<Count1, TColumns>(k, a, aRow, aStep, b, bStep, c, ldc, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Tile<TRows, TColumns>(
        int k,
        T* a,
        nint aRow,
        nint aStep,
        T* b,
        nint bStep,
        T* c,
        nint ldc,
        bool accumulate
    )
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        GemmTile<TLanes, T, TVector>.Run<TRows, TColumns>(
            k,
            segments: 1,
            a,
            aRow,
            aStep,
            aJump: 0,
            b,
            bStep,
            c,
            ldc,
            accumulate
        );
        return TRows.Value;
    }
}
