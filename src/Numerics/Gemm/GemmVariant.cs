using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Numerics;

/// <summary>The register files that the micro-kernel is written for. All give the same bits.</summary>
internal enum GemmVariant
{
    /// <summary>One number at a time, for processors without vector fused multiply-add.</summary>
    Scalar,

    /// <summary>128 bits: NEON.</summary>
    Vector128,

    /// <summary>256 bits: AVX2 with FMA.</summary>
    Vector256,

    /// <summary>512 bits: AVX-512.</summary>
    Vector512,
}

/// <summary>What the processor can do.</summary>
internal static class GemmVariants
{
    /// <summary>The fastest variant here.</summary>
    public static GemmVariant Best =>
        Vector512.IsHardwareAccelerated ? GemmVariant.Vector512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? GemmVariant.Vector256
        : Fma.IsSupported || AdvSimd.IsSupported ? GemmVariant.Vector128
        : GemmVariant.Scalar;
}
