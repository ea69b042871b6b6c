using System.Runtime.CompilerServices;

namespace Pipeline.Stages.Train;

/// <summary>
/// How many components of a unit's weight gradient have the same sign, ½…1, zeros left out: <c>same_sign_sample</c> for
/// the gradient of a single row, δ·x, mean over rows; <c>same_sign_batch</c> for that of the batch, mean over units. 1
/// means that all weights of a unit can only grow or shrink together. Of linear layers.
/// </summary>
internal sealed class GradientSigns : Probe
{
    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer) =>
        !layer.IsLinear
            ? []
            :
            [
                // A row's gradient has the signs of its inputs, all of them turned where δ is negative.
                new("same_sign_sample", MeanShare(layer.Inputs, layer.Rows)),
                new("same_sign_batch", MeanShare(layer.WeightGradient, layer.Units)),
            ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MeanShare(ReadOnlySpan<float> values, int rows)
    {
        var (sum, counted, length) = (0.0, 0, values.Length / rows);
        for (var row = 0; row < rows; row++)
        {
            var (positive, negative) = (0, 0);
            foreach (var value in values.Slice(row * length, length))
            {
                positive += value > 0 ? 1 : 0;
                negative += value < 0 ? 1 : 0;
            }
            if (positive + negative == 0)
                continue;
            sum += (double)Math.Max(positive, negative) / (positive + negative);
            counted++;
        }
        return sum / counted;
    }
}
