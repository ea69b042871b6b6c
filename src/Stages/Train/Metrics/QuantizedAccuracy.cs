using System.Runtime.CompilerServices;
using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>
/// The accuracy where the values behind each hidden activation are rounded to the nearest of 2^bits levels that divide the range from
/// the smallest to the largest value of that layer on the first 1,024 training rows evenly, both included; what lies outside becomes the
/// nearer end. Weights stay as they are.
/// </summary>
/// <remarks>
/// B. Jacob et al.: Quantization and training of neural networks for efficient integer-arithmetic-only inference. CVPR 2018.
/// </remarks>
/// <param name="bits">The bits of a value, 1 to 16.</param>
internal sealed class QuantizedAccuracy(int bits) : Metric
{
    private readonly int steps = bits is >= 1 and <= 16
        ? (1 << bits) - 1
        : throw new ArgumentOutOfRangeException(
            nameof(bits),
            bits,
            "The bits of quantized_accuracy must be from 1 to 16."
        );

    internal override double Of(MeasuredNetwork network)
    {
        var copy = network.Copy.Value;
        var logits = copy.LogitsWith((layer, values) => Round(values, copy.Ranges[layer]));
        return (double)Predictions.CountCorrect(logits, network.Labels, network.Labels.Length, network.Classes)
            / network.Labels.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Round(Span<float> values, (float Low, float High) range)
    {
        var step = ((double)range.High - range.Low) / steps;
        for (var i = 0; i < values.Length; i++)
        {
            var value = Math.Clamp(values[i], range.Low, range.High);
            values[i] =
                step == 0 ? value : (float)(range.Low + (Math.Floor(((value - range.Low) / step) + 0.5) * step));
        }
    }
}
