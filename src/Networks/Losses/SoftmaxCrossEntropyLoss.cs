using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Losses;

/// <summary>
/// The cross-entropy of softmax, <c>ℓ = log Σⱼ exp(zⱼ − m) − (z_y − m)</c> with m the row's largest logit and y its
/// label; of the mean over n rows <c>dz = (exp(z − m)/Σⱼ exp(zⱼ − m) − [j = y])·(1/n)</c>. Sums go over the classes
/// in ascending order. With smoothing s of k classes, z_y becomes <c>(1 − s)·z_y + s·mean(z)</c> and [j = y]
/// becomes <c>(1 − s)·[j = y] + s/k</c>.
/// </summary>
/// <remarks>Sixteen rows go through the lanes together, transposed in blocks: classes are often fewer than lanes.</remarks>
/// <param name="smoothing">The share of the target that is spread over all classes (label smoothing), from 0 to less than 1.</param>
internal sealed class SoftmaxCrossEntropyLoss(double smoothing = 0) : Loss
{
    private const int Block = 64;

    private readonly float smoothing =
        smoothing >= 0 && (float)smoothing < 1
            ? (float)smoothing
            : throw new ArgumentOutOfRangeException(
                nameof(smoothing),
                smoothing,
                "The smoothing of softmax_cross_entropy must be at least 0 and less than 1."
            );

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Apply(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        int rows,
        int classes,
        Span<float> losses,
        Span<float> dlogits
    )
    {
        Span<float> block = stackalloc float[Math.Min(Block, classes) * Lanes.Count];
        Span<int> labelLanes = stackalloc int[Lanes.Count];
        for (var first = 0; first < rows; first += Lanes.Count)
        {
            var count = Math.Min(Lanes.Count, rows - first);
            labels.Slice(first, count).CopyTo(labelLanes);
            var label = Vector512.Create<int>(labelLanes);
            var max = Vector512.Create(float.NegativeInfinity);
            var (sum, target, total) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (var start = 0; start < classes; start += Block)
                max = Max(Gather(logits, first, count, start, classes, block), max);
            for (var start = 0; start < classes; start += Block)
            {
                var part =
                    classes > Block
                        ? Gather(logits, first, count, start, classes, block)
                        : block[..(classes * Lanes.Count)];
                (sum, target) = AddExponentials(part, max, label - Vector512.Create(start), sum, target);
                if (smoothing > 0)
                    total = AddShifted(part, max, total);
            }
            if (smoothing > 0)
                target = Vector512.FusedMultiplyAdd(
                    Vector512.Create(1 - smoothing),
                    target,
                    smoothing / classes * total
                );
            Lanes.StoreFirst(Float32.Log(sum) - target, count, losses, first);
            for (var start = 0; start < classes && !dlogits.IsEmpty; start += Block)
            {
                var part =
                    classes > Block
                        ? Gather(logits, first, count, start, classes, block)
                        : block[..(classes * Lanes.Count)];
                Differentiate(part, max, label - Vector512.Create(start), sum, smoothing / classes, 1f / rows);
                Scatter(part, first, count, start, classes, dlogits);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Max(ReadOnlySpan<float> block, Vector512<float> max)
    {
        for (var at = 0; at < block.Length; at += Lanes.Count)
            max = Vector512.Max(max, Vector512.Create(block[at..]));
        return max;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Vector512<float> Sum, Vector512<float> Target) AddExponentials(
        ReadOnlySpan<float> block,
        Vector512<float> max,
        Vector512<int> label,
        Vector512<float> sum,
        Vector512<float> target
    )
    {
        for (var (at, j) = (0, Vector512<int>.Zero); at < block.Length; at += Lanes.Count, j += Vector512<int>.One)
        {
            var z = Vector512.Create(block[at..]) - max;
            sum += Float32.Exp(z);
            target = Vector512.ConditionalSelect(Vector512.Equals(label, j).AsSingle(), z, target);
        }
        return (sum, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> AddShifted(ReadOnlySpan<float> block, Vector512<float> max, Vector512<float> total)
    {
        for (var at = 0; at < block.Length; at += Lanes.Count)
            total += Vector512.Create(block[at..]) - max;
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Differentiate(
        Span<float> block,
        Vector512<float> max,
        Vector512<int> label,
        Vector512<float> sum,
        float spread,
        float share
    )
    {
        var (hit, miss) = (Vector512.Create(1 - smoothing + spread), Vector512.Create(spread));
        for (var (at, j) = (0, Vector512<int>.Zero); at < block.Length; at += Lanes.Count, j += Vector512<int>.One)
        {
            var target = Vector512.ConditionalSelect(Vector512.Equals(label, j).AsSingle(), hit, miss);
            (((Float32.Exp(Vector512.Create<float>(block[at..]) - max) / sum) - target) * share).CopyTo(block[at..]);
        }
    }

    /// <summary>Transposes a part of up to sixteen rows: the rows' values of a class side by side, one class after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Span<float> Gather(
        ReadOnlySpan<float> logits,
        int first,
        int count,
        int start,
        int classes,
        Span<float> block
    )
    {
        var width = Math.Min(Block, classes - start);
        for (var r = 0; r < count; r++)
        {
            var row = logits.Slice(((first + r) * classes) + start, width);
            for (var j = 0; j < row.Length; j++)
                block[(j * Lanes.Count) + r] = row[j];
        }
        return block[..(width * Lanes.Count)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(
        ReadOnlySpan<float> block,
        int first,
        int count,
        int start,
        int classes,
        Span<float> dlogits
    )
    {
        for (var r = 0; r < count; r++)
        {
            var row = dlogits.Slice(((first + r) * classes) + start, block.Length / Lanes.Count);
            for (var j = 0; j < row.Length; j++)
                row[j] = block[(j * Lanes.Count) + r];
        }
    }

    internal override void ApplyReference(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        int rows,
        int classes,
        Span<float> losses,
        Span<float> dlogits
    )
    {
        for (var i = 0; i < rows; i++)
        {
            var row = logits.Slice(i * classes, classes);
            var (max, sum) = (float.NegativeInfinity, 0f);
            foreach (var z in row)
                max = MathF.Max(max, z);
            foreach (var z in row)
                sum += Float32.Exp(z - max);
            var target = row[labels[i]] - max;
            if (smoothing > 0)
            {
                var total = 0f;
                foreach (var z in row)
                    total += z - max;
                target = float.FusedMultiplyAdd(1 - smoothing, target, smoothing / classes * total);
            }
            losses[i] = Float32.Log(sum) - target;
            var spread = smoothing / classes;
            for (var j = 0; j < classes && !dlogits.IsEmpty; j++)
                dlogits[(i * classes) + j] =
                    ((Float32.Exp(row[j] - max) / sum) - (j == labels[i] ? 1 - smoothing + spread : spread))
                    * (1f / rows);
        }
    }
}
