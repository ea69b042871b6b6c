namespace Pipeline.Numerics;

/// <summary>
/// Where the micro-kernel finds its operands: A[i, p] stands at <c>A[i·ARow + p·AStep]</c>, B[p, j] at <c>B[p·BStep + j]</c> and
/// C[i, j] at <c>C[i·CRow + j]</c>. A chain goes over several segments of p; after each, A lies AJump further.
/// </summary>
internal unsafe struct GemmOperands<T>
    where T : unmanaged
{
    public required T* A { get; set; }

    public required nint ARow { get; init; }

    public required nint AStep { get; set; }

    public nint AJump { get; init; }

    /// <summary>Whether A lies tile after tile, and in a tile step after step, so that the next tile begins where one ends.</summary>
    public bool IsPackedA { get; init; }

    public required T* B { get; set; }

    public required nint BStep { get; set; }

    public required T* C { get; set; }

    public required nint CRow { get; set; }

    /// <summary>Whether to add to what C holds.</summary>
    public required bool Accumulates { get; set; }

    /// <summary>The steps p of a segment.</summary>
    public required int Steps { get; set; }

    public required int Segments { get; init; }
}
