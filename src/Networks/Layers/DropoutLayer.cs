using System.Runtime.Intrinsics;
using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;

namespace Pipeline.Networks.Layers;

/// <summary>
/// Dropout: <c>y = x·m</c>, where m is 0 with probability p and 1/(1 − p) otherwise; y = x in inference. The masks
/// of a step are drawn from the stream (seed, <see cref="RandomPurpose.Dropout"/>, step, number of the layer), so
/// that they depend on nothing else.
/// </summary>
/// <remarks>N. Srivastava et al.: Dropout: a simple way to prevent neural networks from overfitting. JMLR 2014.</remarks>
internal sealed class DropoutLayer(DropoutDescription description, LayerMemory memory) : NetworkLayer(description)
{
    private readonly ulong seed = memory.Seed;
    private readonly uint number = memory.NextDropout();
    private readonly float rate = (float)description.Rate;
    private readonly FloatBuffer masks = new(checked(memory.LargestBatch * description.Input.Values));

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y)
    {
        var mask = masks.First(x.Length);
        new RandomStream(seed, RandomPurpose.Dropout, (uint)step, number).FillUniform(mask);
        var kept = 1 / (1 - rate);
        var i = 0;
        for (; i < Lanes.Whole(mask.Length); i += Lanes.Count)
        {
            var keeps = Vector512.GreaterThanOrEqual(Vector512.Create<float>(mask[i..]), Vector512.Create(rate));
            (keeps & Vector512.Create(kept)).CopyTo(mask[i..]);
        }
        for (; i < mask.Length; i++)
            mask[i] = mask[i] >= rate ? kept : 0;
        Rows.Multiply(x, mask, y);
    }

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) => x.CopyTo(y);

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    ) => Rows.Multiply(dy, masks.First(dy.Length), dx);
}
