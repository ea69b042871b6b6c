using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Normalizations;

/// <summary>
/// A part of each row of features, so that a loop is written once for a row's whole vectors and for what is left of it. A row may
/// be a group within a longer one.
/// </summary>
internal interface IRowPart
{
    /// <summary>The number of rows.</summary>
    int Rows { get; }

    /// <summary>From one row to the next.</summary>
    int Stride { get; }

    /// <summary>The part's first feature.</summary>
    int First { get; }

    /// <summary>The first feature beyond it.</summary>
    int End { get; }

    /// <summary>Sixteen lanes from <c>x[at]</c> on; those beyond the row are the filler's.</summary>
    Vector512<float> Load(ReadOnlySpan<float> x, int at, Vector512<float> filler);

    /// <summary>Writes lanes to <c>y[at]</c> and on, but those beyond the row.</summary>
    void Store(Vector512<float> lanes, Span<float> y, int at);
}

/// <summary>The whole vectors of a row. The caller answers for the lengths of the spans.</summary>
/// <param name="rows">The number of rows.</param>
/// <param name="features">A row's length.</param>
/// <param name="stride">From one row to the next.</param>
internal readonly struct WholeVectors(int rows, int features, int stride) : IRowPart
{
    public int Rows => rows;

    public int Stride => stride;

    public int First => 0;

    public int End { get; } = Lanes.Whole(features);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(ReadOnlySpan<float> x, int at, Vector512<float> filler) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Vector512<float> lanes, Span<float> y, int at) =>
        lanes.StoreUnsafe(ref MemoryMarshal.GetReference(y), (nuint)at);
}

/// <summary>What is left of a row after its whole vectors, maybe nothing.</summary>
/// <param name="rows">The number of rows.</param>
/// <param name="features">A row's length.</param>
/// <param name="stride">From one row to the next.</param>
internal readonly struct RestOfRow(int rows, int features, int stride) : IRowPart
{
    public int Rows => rows;

    public int Stride => stride;

    public int First { get; } = Lanes.Whole(features);

    public int End => features;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(ReadOnlySpan<float> x, int at, Vector512<float> filler) =>
        Lanes.LoadFirst(x, at, End - First, filler);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Vector512<float> lanes, Span<float> y, int at) => Lanes.StoreFirst(lanes, End - First, y, at);
}
