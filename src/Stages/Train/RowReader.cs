using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Train;

/// <summary>
/// Gathers rows of prepared data into a network's input, applying their map on the way:
/// <c>y = (x − shift) · scale</c> in float32.
/// </summary>
internal static class RowReader
{
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
            var target = inputs.Slice(i * features, features);
            var map = rows[i] < firstTest ? data.Map : data.TestMap;
            if (data.Header.Bytes)
                Map(data.ByteRow(rows[i]), map.Shift, map.Scale, target);
            else
                Map(data.FloatRow(rows[i]), map.Shift, map.Scale, target);
            labels[i] = allLabels[rows[i]];
        }
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
            var bytes = Vector128.LoadUnsafe(ref x, (nuint)j);
            var (low, high) = Vector128.Widen(bytes);
            var words = Vector512.Create(
                Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low)),
                Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high))
            );
            Store(Vector512.ConvertToSingle(words.AsInt32()), shift, scale, target, j);
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
