using System.Globalization;

namespace Pipeline.Stages.Train;

/// <summary>
/// The weights themselves, <c>weight_1</c> … <c>weight_8</c>, of layers that have no more than eight: their way
/// through training, epoch by epoch.
/// </summary>
internal sealed class WeightPath : Probe
{
    private const int Most = 8;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => [.. Enumerable.Range(0, Most).Select(NameOf)];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer) =>
        layer.Weights.Length > Most
            ? []
            : layer.Weights.Select((weight, i) => KeyValuePair.Create(NameOf(i), (double)weight));

    private static string NameOf(int weight) => string.Create(CultureInfo.InvariantCulture, $"weight_{weight + 1}");
}
