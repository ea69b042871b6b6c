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
    /// <summary>A row is fetched while so many others are mapped.</summary>
    private const int RowsAhead = 4;

    /// <summary>Bytes of a line of the processor's caches.</summary>
    private const int LineLength = 64;

    /// <summary>Gathers rows and their labels.</summary>
    /// <param name="data">The data, mapped.</param>
    /// <param name="rows">Row numbers.</param>
    /// <param name="inputs">[rows, features], written row by row.</param>
    /// <param name="labels">[rows].</param>
    public static void Gather(PreparedData data, ReadOnlySpan<int> rows, Span<float> inputs, Span<int> labels)
    {
        var features = data.Header.Features;
        var allLabels = data.Labels;
        var firstTest = data.Header.Training + data.Header.Validation;
        for (var i = 0; i < rows.Length; i++)
        {
            if (i + RowsAhead < rows.Length)
                Fetch(data, rows[i + RowsAhead]);
            var target = inputs.Slice(i * features, features);
            var map = rows[i] < firstTest ? data.Map : data.TestMap;
            if (data.Header.Bytes)
                Map(data.ByteRow(rows[i]), map.Shift, map.Scale, target);
            else
                Map(data.FloatRow(rows[i]), map.Shift, map.Scale, target);
            labels[i] = allLabels[rows[i]];
        }
    }

    /// <summary>Has the processor load a row, which lies where it can't foresee.</summary>
    private static unsafe void Fetch(PreparedData data, int row)
    {
        if (!Sse.IsSupported)
            return;
        var bytes = data.Header.Bytes ? data.ByteRow(row) : MemoryMarshal.AsBytes(data.FloatRow(row));
        var first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)); // of a mapped file, which doesn't move
        for (var at = 0; at < bytes.Length; at += LineLength)
            Sse.Prefetch0(first + at);
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
        {
            var words = Vector256.Create(
                Vector128.WidenLower(Vector128.LoadUnsafe(ref x, (nuint)j)),
                Vector128.WidenUpper(Vector128.LoadUnsafe(ref x, (nuint)j))
            );
            var numbers = Vector512.Create(Vector256.WidenLower(words), Vector256.WidenUpper(words));
            Store(Vector512.ConvertToSingle(numbers.AsInt32()), shift, scale, target, j);
        }
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
