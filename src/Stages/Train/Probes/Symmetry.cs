using System.Runtime.CompilerServices;

namespace Pipeline.Stages.Train;

/// <summary>
/// <c>unit_difference</c>: the largest difference between a weight or bias of a unit and that of the first unit; 0
/// where all units of a layer are the same, bit for bit, and so can only stay the same.
/// </summary>
internal sealed class Symmetry : Probe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => ["unit_difference"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer) =>
        [
            new(
                "unit_difference",
                Math.Max(Difference(layer.Weights, layer.Units), Difference(layer.Biases, layer.Units))
            ),
        ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Difference(ReadOnlySpan<float> values, int units)
    {
        var (largest, length) = (0.0, values.Length / units);
        for (var unit = 1; unit < units; unit++)
        {
            for (var i = 0; i < length; i++)
                largest = Math.Max(largest, Math.Abs((double)values[(unit * length) + i] - values[i]));
        }
        return largest;
    }
}
