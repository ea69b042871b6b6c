using System.Runtime.InteropServices;
using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;
using static TorchSharp.torch;

namespace Pipeline.Stages.Train.Torch;

/// <summary>
/// Dropout with the masks of the managed backend: drawn from the stream (seed,
/// <see cref="RandomPurpose.Dropout"/>, step, number of the layer).
/// </summary>
internal sealed class TorchDropout(DropoutDescription description, TorchParts parts)
{
    private readonly FeatureShape shape = description.Input;
    private readonly uint number = parts.NextDropout();
    private readonly float rate = (float)description.Rate;

    /// <summary>The layer.</summary>
    public Tensor Apply(Tensor x, TorchPass pass)
    {
        if (!pass.IsTraining)
            return x;
        var rows = x.shape[0];
        var uniform = empty(checked((int)rows * shape.Values));
        new RandomStream(parts.Seed, RandomPurpose.Dropout, (uint)pass.Step, number).FillUniform(
            MemoryMarshal.Cast<byte, float>(uniform.bytes)
        );
        // The stream goes through images pixel by pixel, channel after channel last.
        uniform = shape.IsImage
            ? uniform.view(rows, shape.Height, shape.Width, shape.Channels).permute(0, 3, 1, 2)
            : uniform.view(rows, shape.Values);
        return x * uniform.to(x.device).ge(rate).to(ScalarType.Float32).mul(1 / (1 - rate));
    }
}
