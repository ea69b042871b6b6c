using System.Runtime.CompilerServices;

namespace Pipeline.Stages.Train;

/// <summary>
/// How many components of the gradient of a unit's weights have the same sign, ½…1: 1 means that these weights can only
/// grow or shrink together. <c>same_sign_sample</c>: of the gradients of single rows, δ·x with δ = ∂L/∂z of the unit in
/// that row, mean over rows and units; <c>same_sign_batch</c>: of the gradient of the mean loss over the batch, mean
/// over units. Components that are 0 have no sign and are left out; a unit without any other, such as one whose δ is 0
/// behind a ReLU, is left out whole, in that row or in the batch. Of linear layers.
/// </summary>
internal sealed class GradientSigns : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => ["same_sign_sample", "same_sign_batch"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer)
    {
        if (!layer.IsLinear)
            return [];
        var (samples, batch) = (new Shares(), new Shares());
        Samples(layer, samples);
        for (var unit = 0; unit < layer.Units; unit++)
            batch.Add(layer.WeightGradient.AsSpan(unit * layer.WeightsPerUnit, layer.WeightsPerUnit));
        return [new("same_sign_sample", samples.Mean), new("same_sign_batch", batch.Mean)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Samples(ObservedLayer layer, Shares shares)
    {
        var gradient = new float[layer.WeightsPerUnit];
        for (var row = 0; row < layer.Rows; row++)
        {
            var x = layer.Inputs.AsSpan(row * gradient.Length, gradient.Length);
            for (var unit = 0; unit < layer.Units; unit++)
            {
                var delta = layer.ProductGradient[(row * layer.Units) + unit];
                for (var i = 0; i < gradient.Length; i++)
                    gradient[i] = delta * x[i];
                shares.Add(gradient);
            }
        }
    }

    /// <summary>The shares of the more frequent sign, of gradients that aren't 0.</summary>
    private sealed class Shares
    {
        private double sum;
        private int count;

        public double Mean => sum / count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(ReadOnlySpan<float> gradient)
        {
            var (positive, negative) = (0, 0);
            foreach (var value in gradient)
            {
                positive += value > 0 ? 1 : 0;
                negative += value < 0 ? 1 : 0;
            }
            if (positive + negative == 0)
                return;
            sum += (double)Math.Max(positive, negative) / (positive + negative);
            count++;
        }
    }
}
