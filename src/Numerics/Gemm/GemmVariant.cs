using System.Numerics;
using System.Runtime.CompilerServices;
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

    /// <summary>Runs an operation with the registers of a variant.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TOperation">The operation, a value type, so that each gets a switch of its own and no call in between.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TOperation>(GemmVariant variant, TOperation operation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOperation : struct, IGemmOperation<T>
    {
        switch (variant)
        {
            case GemmVariant.Vector512:
                operation.Run<Lanes512<T>, Vector512<T>>();
                break;
            case GemmVariant.Vector256:
                operation.Run<Lanes256<T>, Vector256<T>>();
                break;
            case GemmVariant.Vector128:
                operation.Run<Lanes128<T>, Vector128<T>>();
                break;
            default:
                operation.Run<LanesScalar<T>, T>();
                break;
        }
    }
}
