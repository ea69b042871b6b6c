using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

/// <summary>
/// Reductions in one fixed order. Element i is taken into lane i mod 16, in ascending i; then lanes are folded in halves:
/// lane j with lane j + 8, with j + 4, with j + 2, with j + 1.
/// </summary>
public static class Reduce
{
    /// <summary>The sum; 0 for an empty span.</summary>
    public static float Sum(ReadOnlySpan<float> x)
    {
        var rest = Rest(x, 0f);
        var lanes = Vector512<float>.Zero;
        ref var source = ref MemoryMarshal.GetReference(x);
        for (var i = 0; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            lanes += Vector512.LoadUnsafe(ref source, (nuint)i);
        return SumLanes(lanes + rest);
    }

    /// <summary>The sum of squares, each added by a fused multiply-add; 0 for an empty span.</summary>
    public static float SumOfSquares(ReadOnlySpan<float> x)
    {
        var rest = Rest(x, 0f);
        var lanes = Vector512<float>.Zero;
        ref var source = ref MemoryMarshal.GetReference(x);
        for (var i = 0; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var v = Vector512.LoadUnsafe(ref source, (nuint)i);
            lanes = Vector512.FusedMultiplyAdd(v, v, lanes);
        }
        return SumLanes(Vector512.FusedMultiplyAdd(rest, rest, lanes));
    }

    /// <summary>The largest element; NaN when one is NaN, −∞ for an empty span.</summary>
    public static float Max(ReadOnlySpan<float> x)
    {
        var rest = Rest(x, float.NegativeInfinity);
        var lanes = Vector512.Create(float.NegativeInfinity);
        ref var source = ref MemoryMarshal.GetReference(x);
        for (var i = 0; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            lanes = Vector512.Max(lanes, Vector512.LoadUnsafe(ref source, (nuint)i));
        return MaxLanes(Vector512.Max(lanes, rest));
    }

    /// <summary>The sum of sixteen lanes, folded in halves.</summary>
    public static float SumLanes(Vector512<float> lanes)
    {
        var eight = lanes.GetLower() + lanes.GetUpper();
        var four = eight.GetLower() + eight.GetUpper();
        var two = four + Vector128.Shuffle(four, UpperHalf);
        return two.GetElement(0) + two.GetElement(1);
    }

    /// <summary>The largest of sixteen lanes; NaN when one is NaN.</summary>
    public static float MaxLanes(Vector512<float> lanes)
    {
        var eight = Vector256.Max(lanes.GetLower(), lanes.GetUpper());
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, UpperHalf));
        return MathF.Max(two.GetElement(0), two.GetElement(1));
    }

    // Vector64 would do, but is not accelerated on x64.
    private static Vector128<int> UpperHalf => Vector128.Create(2, 3, 2, 3);

    /// <summary>
    /// What is left of a span after whole vectors. Asked for before a loop: sums that live across a call would be kept in memory.
    /// </summary>
    private static Vector512<float> Rest(ReadOnlySpan<float> x, float filler)
    {
        Span<float> lanes = stackalloc float[Vector512<float>.Count];
        lanes.Fill(filler);
        x[(x.Length - (x.Length % lanes.Length))..].CopyTo(lanes);
        return Vector512.Create<float>(lanes);
    }
}
