using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Train;

/// <summary>
/// Gathers rows of prepared data into a network's input, applying their map on the way:
/// <c>y = (x − shift) · scale</c> in float32.
/// </summary>
internal static class RowReader
{
    /// <summary>Bytes of a line of the processor's caches.</summary>
    private const int LineLength = 64;

    /// <summary>Gathers rows and their labels.</summary>
    /// <param name="data">The data, mapped.</param>
    /// <param name="rows">Row numbers.</param>
    /// <param name="inputs">[rows, features], written row by row.</param>
    /// <param name="labels">[rows].</param>
    /// <param name="next">
    /// The rows that will be gathered next, which the processor fetches meanwhile: they lie where it can't foresee.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(
        PreparedData data,
        ReadOnlySpan<int> rows,
        Span<float> inputs,
        Span<int> labels,
        ReadOnlySpan<int> next = default
    )
    {
        var header = data.Header;
        var map = data.Map;
        var testMap = data.TestMap;
        var allLabels = data.Labels;
        var (features, isBytes, firstTest) = (header.Features, header.Bytes, header.Training + header.Validation);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (i < next.Length)
                Fetch(data, next[i]);
            var target = inputs.Slice(i * features, features);
            var shift = row < firstTest ? map.Shift : testMap.Shift;
            var scale = row < firstTest ? map.Scale : testMap.Scale;
            if (isBytes)
                Map(data.ByteRow(row), shift, scale, target);
            else
                Map(data.FloatRow(row), shift, scale, target);
            labels[i] = allLabels[row];
        }
    }

    /// <summary>Has the processor fetch a row into its second-level cache.</summary>
    private static unsafe void Fetch(PreparedData data, int row)
    {
        if (!Sse.IsSupported)
            return;
        var bytes = data.Header.Bytes ? data.ByteRow(row) : MemoryMarshal.AsBytes(data.FloatRow(row));
        var first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)); // of a mapped file, which doesn't move
        for (var at = 0; at < bytes.Length; at += LineLength)
            Sse.Prefetch1(first + at);
    }

    /// <summary>Maps one row of bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Map(
        ReadOnlySpan<byte> row,
        ReadOnlySpan<float> shift,
        ReadOnlySpan<float> scale,
        Span<float> target
    )
    {
        ref var x = ref MemoryMarshal.GetReference(row);
        var j = 0;
        for (; j <= target.Length - Vector512<float>.Count; j += Vector512<float>.Count)
            Store(Vector512.ConvertToSingle(Widened(Vector128.LoadUnsafe(ref x, (nuint)j))), shift, scale, target, j);
        for (; j < target.Length; j++)
            target[j] = (row[j] - shift[j]) * scale[j];
    }

    /// <summary>Maps one row of float32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Map(
        ReadOnlySpan<float> row,
        ReadOnlySpan<float> shift,
        ReadOnlySpan<float> scale,
        Span<float> target
    )
    {
        ref var x = ref MemoryMarshal.GetReference(row);
        var j = 0;
        for (; j <= target.Length - Vector512<float>.Count; j += Vector512<float>.Count)
            Store(Vector512.LoadUnsafe(ref x, (nuint)j), shift, scale, target, j);
        for (; j < target.Length; j++)
            target[j] = (row[j] - shift[j]) * scale[j];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widened(Vector128<byte> bytes)
    {
        if (Avx512F.IsSupported)
            return Avx512F.ConvertToVector512Int32(bytes);
        var words = Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
        return Vector512.Create(Vector256.WidenLower(words), Vector256.WidenUpper(words)).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector512<float> x,
        ReadOnlySpan<float> shift,
        ReadOnlySpan<float> scale,
        Span<float> target,
        int j
    )
    {
        var centered = x - Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(shift), (nuint)j);
        var mapped = centered * Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(scale), (nuint)j);
        mapped.StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)j);
    }
}
