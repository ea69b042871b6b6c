using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <summary>
/// The memory into which <see cref="Gemm"/> and <see cref="Convolution"/> pack operands. It grows to what the largest
/// of them so far needed; after that none allocates anything. Not thread-safe: one for each thread.
/// </summary>
public sealed class GemmWorkspace
{
    private const int AlignmentBytes = 64;
    private const int Slack = AlignmentBytes / sizeof(float);

    private float[] pinned = GC.AllocateUninitializedArray<float>(Slack, pinned: true);

    /// <summary>At least <paramref name="count"/> numbers of any content from an address that 64 divides, until the next call.</summary>
    internal unsafe T* Numbers<T>(int count)
        where T : unmanaged
    {
        var length = checked(count * (sizeof(T) / sizeof(float)));
        if (pinned.Length - Slack < length)
            pinned = GC.AllocateUninitializedArray<float>(checked(length + Slack), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref pinned[0]);
        return (T*)((address + AlignmentBytes - 1) & ~(nuint)(AlignmentBytes - 1));
    }
}
