using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Train;

/// <summary>
/// Changes training images at random as <see cref="Augmentation"/> says. What happens to an image depends on seed,
/// epoch and its row alone, not on the batch that it comes in.
/// </summary>
internal sealed class AugmentedRows
{
    private readonly Augmentation change;
    private readonly int height;
    private readonly int width;
    private readonly float[] image;

    /// <param name="change">The change.</param>
    /// <param name="shape">The shape of an image: channels × height × width.</param>
    public AugmentedRows(Augmentation change, IReadOnlyList<int> shape)
    {
        this.change = change;
        (height, width) = (shape[1], shape[2]);
        image = new float[shape[0] * height * width];
    }

    /// <summary>Changes images in place.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="rows">The images' row numbers.</param>
    /// <param name="inputs">[rows, channels, height, width].</param>
    public void Change(ulong seed, int epoch, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var reader = new RandomStream(seed, RandomPurpose.Augmentation, (uint)epoch, (uint)rows[i]).Read();
            var down = (int)reader.NextBelow((2 * (uint)change.Padding) + 1) - change.Padding;
            var right = (int)reader.NextBelow((2 * (uint)change.Padding) + 1) - change.Padding;
            var isMirrored = reader.NextDouble() < change.FlipShare;
            var target = inputs.Slice(i * image.Length, image.Length);
            target.CopyTo(image);
            Move(image, target, down, right, isMirrored);
        }
    }

    // y[i, j] = x[i + down, j + right] where that lies within the image, else 0; then mirrored or not.
    private void Move(ReadOnlySpan<float> x, Span<float> y, int down, int right, bool isMirrored)
    {
        y.Clear();
        var (first, last) = (Math.Max(0, -right), Math.Min(width, width - right));
        if (first >= last)
            return;
        for (var start = 0; start < y.Length; start += height * width)
        {
            for (var i = Math.Max(0, -down); i < Math.Min(height, height - down); i++)
                x.Slice(start + ((i + down) * width) + first + right, last - first)
                    .CopyTo(y.Slice(start + (i * width) + first, last - first));
            for (var i = 0; i < height && isMirrored; i++)
                y.Slice(start + (i * width), width).Reverse();
        }
    }
}
