using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>Takes a block of rows.</summary>
/// <param name="first">The place of the block's first row among all.</param>
/// <param name="block">[rows, features]; overwritten after the call.</param>
internal delegate void RowBlock(int first, Span<double> block);

/// <summary>
/// Some rows of a data set as the steps so far turn them, in float64, block by block: no more than
/// a few thousand are in memory.
/// </summary>
internal sealed class BlockedRows
{
    // 2¹⁹ numbers of 8 bytes: blocks of 4 MiB, within the cache of the processor, and of a thousand rows at most.
    private const int BlockLength = 1 << 19;
    private const int MostRows = 1024;

    private readonly PreparedData data;
    private readonly int[] rows;
    private readonly IReadOnlyList<FittedTransform> steps;
    private readonly int features;

    /// <summary>Names rows and steps; nothing is read yet.</summary>
    /// <param name="data">The decoded data set.</param>
    /// <param name="rows">Row numbers.</param>
    /// <param name="steps">What is done to them: affine and linear maps.</param>
    public BlockedRows(PreparedData data, int[] rows, IReadOnlyList<FittedTransform> steps)
    {
        (this.data, this.rows, this.steps) = (data, rows, steps);
        features = steps.OfType<LinearMap>().LastOrDefault()?.Outputs ?? data.Header.Features;
    }

    /// <summary>The number of rows.</summary>
    public int Count => rows.Length;

    /// <summary>Hands out all rows, in order. The same each time.</summary>
    public void Each(RowBlock take)
    {
        var widest = steps.OfType<LinearMap>().Select(map => map.Outputs).Append(data.Header.Features).Max();
        var height = Math.Clamp(BlockLength / widest, 1, MostRows);
        var (block, other) = (new double[height * widest], new double[height * widest]);
        var workspace = new GemmWorkspace();
        for (var first = 0; first < rows.Length; first += height)
        {
            var count = Math.Min(height, rows.Length - first);
            Load(rows.AsSpan(first, count), block);
            var width = data.Header.Features;
            foreach (var step in steps)
            {
                if (step is AffineMap affine)
                {
                    affine.Apply(block.AsSpan(0, count * width));
                }
                else if (step is LinearMap linear)
                {
                    linear.Apply(
                        block.AsSpan(0, count * width),
                        count,
                        other.AsSpan(0, count * linear.Outputs),
                        workspace
                    );
                    (block, other, width) = (other, block, linear.Outputs);
                }
            }
            take(first, block.AsSpan(0, count * features));
        }
    }

    private void Load(ReadOnlySpan<int> block, Span<double> target)
    {
        var width = data.Header.Features;
        for (var i = 0; i < block.Length; i++)
        {
            var row = target.Slice(i * width, width);
            if (data.Header.Bytes)
            {
                var bytes = data.ByteRow(block[i]);
                for (var j = 0; j < row.Length; j++)
                    row[j] = bytes[j];
            }
            else
            {
                var floats = data.FloatRow(block[i]);
                for (var j = 0; j < row.Length; j++)
                    row[j] = floats[j];
            }
        }
    }
}
