using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <summary>
/// How a result is cut into tiles of the micro-kernel: in panels two registers wide, one for a narrow rest, and each panel into tiles
/// about equally high, since low ones are slow.
/// </summary>
internal static unsafe class GemmTiles<TLanes, T, TVector>
    where TLanes : struct, ILanes<T, TVector>
    where T : unmanaged
    where TVector : unmanaged
{
    /// <summary>The columns of a register.</summary>
    public static int Lane => sizeof(TVector) / sizeof(T);

    /// <summary>The columns of a panel.</summary>
    public static int Panel => 2 * Lane;

    /// <summary>The numbers of a largest tile.</summary>
    public static int Length => TLanes.TileRows * Panel;

    /// <summary>The width of the panel that begins at a column.</summary>
    public static int WidthAt(int column, int columns) => columns - column > Lane ? Panel : Lane;

    /// <summary>The rows of the tile that begins at a row.</summary>
    public static int HeightAt(int row, int rows)
    {
        var tiles = (rows - row + TLanes.TileRows - 1) / TLanes.TileRows;
        return (rows - row + tiles - 1) / tiles;
    }

    /// <summary>A tile of a panel; where the panel is wider than what is left of C, it is made beside it.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="width">The panel's columns.</param>
    /// <param name="columns">The columns that are left of C.</param>
    /// <param name="operands">The operands from the tile on.</param>
    /// <param name="edge">Room for a tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int rows, int width, int columns, in GemmOperands<T> operands, T* edge)
    {
        if (columns < width)
            RunBeside(rows, width, columns, operands, edge);
        else if (width == Panel)
            Run<Count2>(rows, operands);
        else
            Run<Count1>(rows, operands);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunBeside(int rows, int width, int columns, GemmOperands<T> operands, T* edge)
    {
        var c = operands.C;
        var row = operands.CRow;
        if (operands.Accumulates)
            GemmPacking.Copy(rows, columns, c, row, edge, width);
        operands.C = edge;
        operands.CRow = width;
        Run(rows, width, width, operands, edge);
        GemmPacking.Copy(rows, columns, edge, width, c, row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TColumns>(int rows, in GemmOperands<T> operands)
        where TColumns : struct, ICount
    {
        switch (rows)
        {
            case 1:
                GemmTile<TLanes, T, TVector>.Run<Count1, TColumns>(operands);
                break;
            case 2:
                GemmTile<TLanes, T, TVector>.Run<Count2, TColumns>(operands);
                break;
            case 3:
                GemmTile<TLanes, T, TVector>.Run<Count3, TColumns>(operands);
                break;
            case 4:
                GemmTile<TLanes, T, TVector>.Run<Count4, TColumns>(operands);
                break;
            case 5:
                GemmTile<TLanes, T, TVector>.Run<Count5, TColumns>(operands);
                break;
            case 6:
                GemmTile<TLanes, T, TVector>.Run<Count6, TColumns>(operands);
                break;
            case 7:
                GemmTile<TLanes, T, TVector>.Run<Count7, TColumns>(operands);
                break;
            case 8:
                GemmTile<TLanes, T, TVector>.Run<Count8, TColumns>(operands);
                break;
            case 9:
                GemmTile<TLanes, T, TVector>.Run<Count9, TColumns>(operands);
                break;
            case 10:
                GemmTile<TLanes, T, TVector>.Run<Count10, TColumns>(operands);
                break;
            case 11:
                GemmTile<TLanes, T, TVector>.Run<Count11, TColumns>(operands);
                break;
            default:
                GemmTile<TLanes, T, TVector>.Run<Count12, TColumns>(operands);
                break;
        }
    }
}
