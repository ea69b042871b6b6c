namespace Pipeline.Stages.Train;

/// <summary>The share of rows whose label is among the k largest logits; of equal ones the first count.</summary>
/// <param name="k">The number of guesses, at least 1.</param>
internal sealed class Top(int k) : Metric
{
    private readonly int k =
        k >= 1 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "The k of top must be at least 1.");

    internal override double Of(MeasuredNetwork network)
    {
        var (logits, labels, classes, _) = network;
        var hits = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var row = logits.AsSpan(i * classes, classes);
            var ahead = 0;
            for (var j = 0; j < classes; j++)
                ahead += row[j] > row[labels[i]] || (row[j] == row[labels[i]] && j < labels[i]) ? 1 : 0;
            hits += ahead < k ? 1 : 0;
        }
        return labels.Length == 0 ? 0 : (double)hits / labels.Length;
    }
}
