using System.Runtime.CompilerServices;
using Pipeline.Networks.Activations;

namespace Pipeline.Stages.Train;

/// <summary>
/// <c>saturated_share</c>: of all values that go into the activation, the share at which its slope is below 1 % of the
/// steepest it has anywhere: |σ′(z)| &lt; 0.01·max|σ′|. The maximum is taken over z = −16…16 in steps of 1/128.
/// <c>largest_slope</c> and <c>mean_slope</c>: the largest and the mean |σ′(z)| of these values.
/// </summary>
internal sealed class Saturation : Probe
{
    private const int Reach = 16;
    private const int Steps = 128;
    private const float Limit = 0.01f;

    private static readonly float[] Everywhere =
    [
        .. Enumerable.Range(0, (2 * Reach * Steps) + 1).Select(i => ((float)i / Steps) - Reach),
    ];

    // Of the run's activation, once it is known: all layers have the same.
    private float? steepest;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => ["saturated_share", "largest_slope", "mean_slope"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer)
    {
        if (layer.Activation is not { } activation)
            return [];
        steepest ??= Judge(Slopes(activation, Everywhere), limit: 0).Largest;
        var slopes = Slopes(activation, layer.ActivationInputs);
        var (saturated, largest, sum) = Judge(slopes, Limit * steepest.Value);
        return
        [
            new("saturated_share", (double)saturated / slopes.Length),
            new("largest_slope", largest),
            new("mean_slope", sum / slopes.Length),
        ];
    }

    private static float[] Slopes(Activation activation, float[] z)
    {
        var slopes = new float[z.Length];
        activation.Differentiate(z, slopes);
        return slopes;
    }

    /// <summary>How many slopes are below a limit, the largest, and their sum; all without their signs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Saturated, float Largest, double Sum) Judge(ReadOnlySpan<float> slopes, float limit)
    {
        var (saturated, largest, sum) = (0, 0f, 0.0);
        foreach (var slope in slopes)
        {
            var size = Math.Abs(slope);
            saturated += size < limit ? 1 : 0;
            largest = size > largest ? size : largest;
            sum += size;
        }
        return (saturated, largest, sum);
    }
}
