using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Normalizations;

/// <summary>How sums over a row of features take products.</summary>
internal interface IRowSums
{
    /// <summary>sum + a·b.</summary>
    static abstract Vector512<float> Add(Vector512<float> sum, Vector512<float> a, Vector512<float> b);

    /// <summary>sum + γ·dy·x̂.</summary>
    static abstract Vector512<float> Add(
        Vector512<float> sum,
        Vector512<float> scale,
        Vector512<float> dy,
        Vector512<float> normalized
    );
}

/// <summary>By fused multiply-adds.</summary>
internal readonly struct FusedSums : IRowSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> sum, Vector512<float> a, Vector512<float> b) =>
        Vector512.FusedMultiplyAdd(a, b, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(
        Vector512<float> sum,
        Vector512<float> scale,
        Vector512<float> dy,
        Vector512<float> normalized
    ) => Vector512.FusedMultiplyAdd(scale * dy, normalized, sum);
}

/// <summary>Rounded, as if each were a sum over the one pixel of a channel.</summary>
internal readonly struct RoundedSums : IRowSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> sum, Vector512<float> a, Vector512<float> b) => sum + (a * b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(
        Vector512<float> sum,
        Vector512<float> scale,
        Vector512<float> dy,
        Vector512<float> normalized
    ) => sum + (dy * normalized * scale);
}
