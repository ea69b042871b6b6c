using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <summary>The micro-kernel: a tile of C, at most 12 rows by 2 registers, held in registers while k runs.</summary>
internal static unsafe class GemmTile<TLanes, T, TVector>
    where TLanes : struct, ILanes<T, TVector>
    where T : unmanaged
    where TVector : unmanaged
{
    /// <summary>
    /// <c>C[i, j] ← fma(A[i, p], B[p, j], C[i, j])</c> for p in turn, over <typeparamref name="TRows"/> rows and
    /// <typeparamref name="TColumns"/> registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TColumns>(in GemmOperands<T> operands)
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        T* a = operands.A,
            b = operands.B,
            c = operands.C;
        var (aRow, aStep, aJump) = (operands.ARow, operands.AStep, operands.AJump);
        var (bStep, cRow, steps) = (operands.BStep, operands.CRow, operands.Steps);
        TVector c00 = default,
            c01 = default,
            c10 = default,
            c11 = default,
            c20 = default,
            c21 = default,
            c30 = default,
            c31 = default;
        TVector c40 = default,
            c41 = default,
            c50 = default,
            c51 = default,
            c60 = default,
            c61 = default,
            c70 = default,
            c71 = default;
        TVector c80 = default,
            c81 = default,
            c90 = default,
            c91 = default,
            cA0 = default,
            cA1 = default,
            cB0 = default,
            cB1 = default;
        if (operands.Accumulates)
        {
            LoadRow<TColumns>(c, ref c00, ref c01);
            if (TRows.Value > 1)
                LoadRow<TColumns>(c + cRow, ref c10, ref c11);
            if (TRows.Value > 2)
                LoadRow<TColumns>(c + (2 * cRow), ref c20, ref c21);
            if (TRows.Value > 3)
                LoadRow<TColumns>(c + (3 * cRow), ref c30, ref c31);
            if (TRows.Value > 4)
                LoadRow<TColumns>(c + (4 * cRow), ref c40, ref c41);
            if (TRows.Value > 5)
                LoadRow<TColumns>(c + (5 * cRow), ref c50, ref c51);
            if (TRows.Value > 6)
                LoadRow<TColumns>(c + (6 * cRow), ref c60, ref c61);
            if (TRows.Value > 7)
                LoadRow<TColumns>(c + (7 * cRow), ref c70, ref c71);
            if (TRows.Value > 8)
                LoadRow<TColumns>(c + (8 * cRow), ref c80, ref c81);
            if (TRows.Value > 9)
                LoadRow<TColumns>(c + (9 * cRow), ref c90, ref c91);
            if (TRows.Value > 10)
                LoadRow<TColumns>(c + (10 * cRow), ref cA0, ref cA1);
            if (TRows.Value > 11)
                LoadRow<TColumns>(c + (11 * cRow), ref cB0, ref cB1);
        }
        var a4 = a + (4 * aRow);
        var a8 = a + (8 * aRow);
        var aRow3 = 3 * aRow;
        for (var segment = operands.Segments; segment > 0; segment--)
        {
            for (var p = steps; p > 0; p--)
            {
                var b0 = TLanes.Load(b);
                var b1 = TColumns.Value > 1 ? TLanes.Load(b + (sizeof(TVector) / sizeof(T))) : default;
                Row<TColumns>(a, b0, b1, ref c00, ref c01);
                if (TRows.Value > 1)
                    Row<TColumns>(a + aRow, b0, b1, ref c10, ref c11);
                if (TRows.Value > 2)
                    Row<TColumns>(a + (2 * aRow), b0, b1, ref c20, ref c21);
                if (TRows.Value > 3)
                    Row<TColumns>(a + aRow3, b0, b1, ref c30, ref c31);
                if (TRows.Value > 4)
                    Row<TColumns>(a4, b0, b1, ref c40, ref c41);
                if (TRows.Value > 5)
                    Row<TColumns>(a4 + aRow, b0, b1, ref c50, ref c51);
                if (TRows.Value > 6)
                    Row<TColumns>(a4 + (2 * aRow), b0, b1, ref c60, ref c61);
                if (TRows.Value > 7)
                    Row<TColumns>(a4 + aRow3, b0, b1, ref c70, ref c71);
                if (TRows.Value > 8)
                    Row<TColumns>(a8, b0, b1, ref c80, ref c81);
                if (TRows.Value > 9)
                    Row<TColumns>(a8 + aRow, b0, b1, ref c90, ref c91);
                if (TRows.Value > 10)
                    Row<TColumns>(a8 + (2 * aRow), b0, b1, ref cA0, ref cA1);
                if (TRows.Value > 11)
                    Row<TColumns>(a8 + aRow3, b0, b1, ref cB0, ref cB1);
                a += aStep;
                if (TRows.Value > 4)
                    a4 += aStep;
                if (TRows.Value > 8)
                    a8 += aStep;
                b += bStep;
            }
            a += aJump;
            if (TRows.Value > 4)
                a4 += aJump;
            if (TRows.Value > 8)
                a8 += aJump;
        }
        StoreRow<TColumns>(c00, c01, c);
        if (TRows.Value > 1)
            StoreRow<TColumns>(c10, c11, c + cRow);
        if (TRows.Value > 2)
            StoreRow<TColumns>(c20, c21, c + (2 * cRow));
        if (TRows.Value > 3)
            StoreRow<TColumns>(c30, c31, c + (3 * cRow));
        if (TRows.Value > 4)
            StoreRow<TColumns>(c40, c41, c + (4 * cRow));
        if (TRows.Value > 5)
            StoreRow<TColumns>(c50, c51, c + (5 * cRow));
        if (TRows.Value > 6)
            StoreRow<TColumns>(c60, c61, c + (6 * cRow));
        if (TRows.Value > 7)
            StoreRow<TColumns>(c70, c71, c + (7 * cRow));
        if (TRows.Value > 8)
            StoreRow<TColumns>(c80, c81, c + (8 * cRow));
        if (TRows.Value > 9)
            StoreRow<TColumns>(c90, c91, c + (9 * cRow));
        if (TRows.Value > 10)
            StoreRow<TColumns>(cA0, cA1, c + (10 * cRow));
        if (TRows.Value > 11)
            StoreRow<TColumns>(cB0, cB1, c + (11 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TColumns>(T* a, TVector b0, TVector b1, ref TVector c0, ref TVector c1)
        where TColumns : struct, ICount
    {
        var x = TLanes.Broadcast(a);
        c0 = TLanes.MultiplyAdd(x, b0, c0);
        if (TColumns.Value > 1)
            c1 = TLanes.MultiplyAdd(x, b1, c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadRow<TColumns>(T* c, ref TVector c0, ref TVector c1)
        where TColumns : struct, ICount
    {
        c0 = TLanes.Load(c);
        if (TColumns.Value > 1)
            c1 = TLanes.Load(c + (sizeof(TVector) / sizeof(T)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<TColumns>(TVector c0, TVector c1, T* c)
        where TColumns : struct, ICount
    {
        TLanes.Store(c0, c);
        if (TColumns.Value > 1)
            TLanes.Store(c1, c + (sizeof(TVector) / sizeof(T)));
    }
}
