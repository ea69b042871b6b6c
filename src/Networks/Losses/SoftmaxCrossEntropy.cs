using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks;

/// <summary>
/// The cross-entropy of softmax, <c>ℓ = log Σⱼ exp(zⱼ − m) − (z_y − m)</c> with m the row's largest logit and y its label; of the mean over n rows
/// <c>dz = (exp(z − m)/Σⱼ exp(zⱼ − m) − [j = y])·(1/n)</c>. Sums go over the classes in ascending order.
/// </summary>
/// <remarks>Sixteen rows go through the lanes together, transposed in blocks: classes are often fewer than lanes.</remarks>
internal sealed class SoftmaxCrossEntropy : Loss
{
    private const int Block = 64;

    internal override void Apply(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int rows, int classes, Span<float> losses, Span<float> dlogits)
    {
        Span<float> block = stackalloc float[Block * Lanes.Count];
        Span<int> labelLanes = stackalloc int[Lanes.Count];
        block.Clear();
        labelLanes.Clear();
        for (var first = 0; first < rows; first += Lanes.Count)
        {
            var count = Math.Min(Lanes.Count, rows - first);
            labels.Slice(first, count).CopyTo(labelLanes);
            var label = Vector512.Create<int>(labelLanes);
            var max = Vector512.Create(float.NegativeInfinity);
            var (sum, target) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var start = 0; start < classes; start += Block)
                max = Max(Gather(logits, first, count, start, classes, block), max);
            for (var start = 0; start < classes; start += Block)
            {
                var part = classes > Block ? Gather(logits, first, count, start, classes, block) : block[..(classes * Lanes.Count)];
                (sum, target) = AddExponentials(part, max, label - Vector512.Create(start), sum, target);
            }
            Lanes.StoreFirst(Float32.Log(sum) - target, count, losses, first);
            for (var start = 0; start < classes && !dlogits.IsEmpty; start += Block)
            {
                var part = classes > Block ? Gather(logits, first, count, start, classes, block) : block[..(classes * Lanes.Count)];
                Differentiate(part, max, label - Vector512.Create(start), sum, 1f / rows);
                Scatter(part, first, count, start, classes, dlogits);
            }
        }
    }

    private static Vector512<float> Max(ReadOnlySpan<float> block, Vector512<float> max)
    {
        for (var at = 0; at < block.Length; at += Lanes.Count)
            max = Vector512.Max(max, Vector512.Create(block[at..]));
        return max;
    }

    private static (Vector512<float> Sum, Vector512<float> Target) AddExponentials(
        ReadOnlySpan<float> block, Vector512<float> max, Vector512<int> label, Vector512<float> sum, Vector512<float> target)
    {
        for (var (at, j) = (0, Vector512<int>.Zero); at < block.Length; at += Lanes.Count, j += Vector512<int>.One)
        {
            var z = Vector512.Create(block[at..]) - max;
            sum += Float32.Exp(z);
            target = Vector512.ConditionalSelect(Vector512.Equals(label, j).AsSingle(), z, target);
        }
        return (sum, target);
    }

    private static void Differentiate(Span<float> block, Vector512<float> max, Vector512<int> label, Vector512<float> sum, float share)
    {
        for (var (at, j) = (0, Vector512<int>.Zero); at < block.Length; at += Lanes.Count, j += Vector512<int>.One)
        {
            var one = Vector512.Equals(label, j).AsSingle() & Vector512<float>.One;
            (((Float32.Exp(Vector512.Create<float>(block[at..]) - max) / sum) - one) * share).CopyTo(block[at..]);
        }
    }

    /// <summary>Transposes a part of up to sixteen rows: the rows' values of a class side by side, one class after the other.</summary>
    private static Span<float> Gather(ReadOnlySpan<float> logits, int first, int count, int start, int classes, Span<float> block)
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

    private static void Scatter(ReadOnlySpan<float> block, int first, int count, int start, int classes, Span<float> dlogits)
    {
        for (var r = 0; r < count; r++)
        {
            var row = dlogits.Slice(((first + r) * classes) + start, block.Length / Lanes.Count);
            for (var j = 0; j < row.Length; j++)
                row[j] = block[(j * Lanes.Count) + r];
        }
    }

    internal override void ApplyReference(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int rows, int classes, Span<float> losses, Span<float> dlogits)
    {
        for (var i = 0; i < rows; i++)
        {
            var row = logits.Slice(i * classes, classes);
            var (max, sum) = (float.NegativeInfinity, 0f);
            foreach (var z in row)
                max = MathF.Max(max, z);
            foreach (var z in row)
                sum += Float32.Exp(z - max);
            losses[i] = Float32.Log(sum) - (row[labels[i]] - max);
            for (var j = 0; j < classes && !dlogits.IsEmpty; j++)
                dlogits[(i * classes) + j] = ((Float32.Exp(row[j] - max) / sum) - (j == labels[i] ? 1 : 0)) * (1f / rows);
        }
    }
}
