using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <summary>
/// Cuts a product into tiles. k is cut into blocks, between which C is stored and loaded, which is exact; columns into panels two
/// registers wide, one for a narrow rest. While a panel of B stays in the first-level cache, the rows of A pass by. A is read where it
/// lies, and so is B, except for panels that are transposed, cut off by the matrix's edge, or better packed than fetched again and again.
/// </summary>
internal static unsafe class GemmDriver<TLanes, T, TVector>
    where TLanes : struct, ILanes<T, TVector>
    where T : unmanaged
    where TVector : unmanaged
{
    /// <summary>A panel of this many steps fits into a first-level cache of 32 KB.</summary>
    private const int MaxBlockSteps = 256;

    /// <summary>Lines of the first-level cache that lie a multiple of this apart compete for its ways.</summary>
    private const int WayBytes = 4096;

    private const int Ways = 8;

    /// <summary>64 pages of 4 KB, of which the first-level cache of addresses knows the places.</summary>
    private const int KnownBytes = 64 * 4096;

    /// <summary>A larger matrix leaves no room for anything else in a second-level cache of 1 MB, so it comes from behind it.</summary>
    private const int NearBytes = 512 * 1024;

    /// <summary>This many rows of A in a block take 240 KB of the second-level cache. A multiple of every tile's rows.</summary>
    private static int MaxBlockRows => 960 / sizeof(T);

    private static int Lane => GemmTiles<TLanes, T, TVector>.Lane;

    private static int Panel => GemmTiles<TLanes, T, TVector>.Panel;

    /// <summary>With fewer rows of A, packing a panel of B costs more than it saves.</summary>
    private static int RowsWorthPacking => 4 * Panel;

    /// <summary>With fewer columns of C, packing A costs more than it saves.</summary>
    private static int ColumnsWorthPackingA => 32 * Panel;

    /// <summary>The product, whose arguments are valid and whose sizes are positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        GemmForm form,
        int m,
        int n,
        int k,
        T* a,
        nint lda,
        T* b,
        nint ldb,
        T* c,
        nint ldc,
        bool accumulate,
        GemmWorkspace workspace
    )
    {
        var (aRow, aStep) = form == GemmForm.TN ? ((nint)1, lda) : (lda, 1);
        var (bStep, bColumn) = form == GemmForm.NT ? ((nint)1, ldb) : (ldb, 1);
        var rest = n % Panel == Lane ? 0 : n % Panel;
        var isFar = (nint)n * k * sizeof(T) > NearBytes;
        var packs = m > RowsWorthPacking && (isFar || Collide(ldb, Math.Min(k, MaxBlockSteps)));
        var direct = form == GemmForm.NT || packs ? 0 : n - rest;
        var isFarC = (nint)m * n * sizeof(T) > NearBytes;
        var blocks = (k + MaxBlockSteps - 1) / MaxBlockSteps;
        var blockSteps = (k + blocks - 1) / blocks;
        var mayPackA = n >= ColumnsWorthPackingA && IsFarApart(form, lda, MaxBlockSteps);
        var packsA = mayPackA && IsFarApart(form, lda, blockSteps);
        // As much as any product of no more columns may need, so that one that is smaller but less even does not make the workspace grow.
        var edge = workspace.Numbers<T>(
            checked(
                GemmTiles<TLanes, T, TVector>.Length
                + (MaxBlockSteps * (Math.Max(n - direct, Panel) + Lane + (mayPackA ? MaxBlockRows : 0)))
            )
        );
        var packed = edge + GemmTiles<TLanes, T, TVector>.Length;
        var packedA = packed + (MaxBlockSteps * (nint)(Math.Max(n - direct, Panel) + Lane));
        for (var p = 0; p < k; p += blockSteps, accumulate = true)
        {
            var steps = Math.Min(blockSteps, k - p);
            var bBlock = b + (p * bStep);
            Pack(form, n - direct, steps, bBlock + (direct * bColumn), ldb, packed, isFar);
            for (int i = 0, rows; i < m; i += rows)
            {
                rows = BlockRowsAt(i, m);
                var operands = new GemmOperands<T>
                {
                    A = a + (i * aRow) + (p * aStep),
                    ARow = aRow,
                    AStep = aStep,
                    B = bBlock,
                    BStep = ldb,
                    C = c + (i * ldc),
                    CRow = ldc,
                    Accumulates = accumulate,
                    Steps = steps,
                    Segments = 1,
                    IsPackedA = packsA,
                };
                if (packsA)
                {
                    PackA(rows, steps, operands.A, lda, packedA);
                    operands.A = packedA;
                }
                Panels(rows, direct, operands, isPacked: false, isFar, isFarC, edge);
                operands.B = packed;
                operands.C += direct;
                Panels(rows, n - direct, operands, isPacked: true, isFar: false, isFarC, edge);
            }
        }
    }

    /// <summary>The rows of the block that begins at a row: blocks are about equally high, and of whole tiles save the last.</summary>
    private static int BlockRowsAt(int row, int rows)
    {
        var left = rows - row;
        var blocks = (left + MaxBlockRows - 1) / MaxBlockRows;
        var tiles = (left + (blocks * TLanes.TileRows) - 1) / (blocks * TLanes.TileRows);
        return Math.Min(left, tiles * TLanes.TileRows);
    }

    /// <summary>Whether so many rows of a panel, as far apart as they are in B, don't fit into the first-level cache together.</summary>
    private static bool Collide(nint ldb, int rows)
    {
        var apart = ldb * sizeof(T);
        return rows > Ways * (WayBytes / Math.Min(apart & -apart, WayBytes));
    }

    /// <summary>
    /// Whether the steps of A lie over more pages than a processor knows by heart, and a tile takes so little of each that it would
    /// wait. It is so measured without AVX-512 alone.
    /// </summary>
    private static bool IsFarApart(GemmForm form, nint lda, int steps) =>
        form == GemmForm.TN && sizeof(TVector) < 64 && steps * lda * sizeof(T) >= KnownBytes;

    /// <summary>
    /// Packs columns of B: panel after panel, step after step, missing columns being 0. What can be read row by row is: a panel's part
    /// of a row is too short to be fetched ahead by the processor.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(GemmForm form, int n, int k, T* b, nint ldb, T* packed, bool isFar)
    {
        var whole = form == GemmForm.NT ? 0 : n / Panel;
        if (whole > 0)
            PackRows(whole, k, b, ldb, packed);
        packed += (nint)k * whole * Panel;
        for (int j = whole * Panel, width; j < n; j += width, packed += (nint)k * width)
        {
            width = GemmTiles<TLanes, T, TVector>.WidthAt(j, n);
            var columns = Math.Min(width, n - j);
            if (columns < width)
                new Span<T>(packed, k * width).Clear();
            if (form == GemmForm.NT)
                GemmPacking.Transpose(k, columns, b + (j * ldb), ldb, packed, width, isFar);
            else
                GemmPacking.Copy(k, columns, b + j, ldb, packed, width);
        }
    }

    /// <summary>Packs whole panels, row by row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackRows(int panels, int k, T* b, nint ldb, T* packed)
    {
        for (var p = 0; p < k; p++, b += ldb, packed += Panel)
        {
            T* x = b,
                y = packed;
            for (var j = panels; j > 0; j--, x += Panel, y += (nint)k * Panel)
            {
                TLanes.Store(TLanes.Load(x), y);
                TLanes.Store(TLanes.Load(x + Lane), y + Lane);
            }
        }
    }

    /// <summary>Packs rows of a transposed A: tile after tile, step after step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackA(int m, int k, T* a, nint lda, T* packed)
    {
        for (int i = 0, rows; i < m; i += rows, packed += (nint)k * rows)
        {
            rows = GemmTiles<TLanes, T, TVector>.HeightAt(i, m);
            GemmPacking.Copy(k, rows, a + i, lda, packed, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panels(int m, int n, GemmOperands<T> operands, bool isPacked, bool isFar, bool isFarC, T* edge)
    {
        for (int j = 0, width; j < n; j += width)
        {
            width = GemmTiles<TLanes, T, TVector>.WidthAt(j, n);
            if (isPacked)
                operands.BStep = width;
            Tiles(m, width, n - j, operands, isFar && n - j > Panel, isFarC, edge);
            operands.B += isPacked ? (nint)width * operands.Steps : width;
            operands.C += width;
        }
    }

    /// <summary>
    /// The tiles of a panel of B, one below the other. If it <paramref name="fetchesPanel"/>, each has a share of the panel to the right
    /// on its way to the caches, so that all is there when the last is made; if it <paramref name="fetchesC"/>, the place of the next one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(
        int m,
        int width,
        int columns,
        GemmOperands<T> operands,
        bool fetchesPanel,
        bool fetchesC,
        T* edge
    )
    {
        var next = operands.B + Panel;
        var left = fetchesPanel ? operands.Steps : 0;
        var share = ((operands.Steps * TLanes.TileRows) + m - 1) / m;
        for (int i = 0, rows; i < m; i += rows)
        {
            rows = GemmTiles<TLanes, T, TVector>.HeightAt(i, m);
            for (var steps = Math.Min(share, left); steps > 0; steps--, left--, next += operands.BStep)
                CacheLines.Fetch((byte*)next, Panel * sizeof(T));
            for (var row = rows; fetchesC && row < Math.Min(2 * rows, m - i); row++)
                CacheLines.Fetch((byte*)(operands.C + (row * operands.CRow)), Panel * sizeof(T));
            if (operands.IsPackedA)
                operands.AStep = rows;
            GemmTiles<TLanes, T, TVector>.Run(rows, width, columns, operands, edge);
            operands.A += rows * (operands.IsPackedA ? operands.Steps : operands.ARow);
            operands.C += rows * operands.CRow;
        }
    }
}
