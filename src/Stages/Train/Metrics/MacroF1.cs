namespace Pipeline.Stages.Train;

/// <summary>
/// The mean of the classes' F₁ scores, <c>F₁ = 2·tp/(2·tp + fp + fn)</c>; of equal logits the first is predicted. A
/// class that is neither there nor predicted is left out of the mean.
/// </summary>
internal sealed class MacroF1 : Metric
{
    internal override double Of(MeasuredNetwork network)
    {
        var (logits, labels, classes, _) = network;
        var (hits, others) = (new int[classes], new int[classes]);
        for (var i = 0; i < labels.Length; i++)
        {
            var row = logits.AsSpan(i * classes, classes);
            var predicted = 0;
            for (var j = 1; j < classes; j++)
                predicted = row[j] > row[predicted] ? j : predicted;
            if (predicted == labels[i])
            {
                hits[predicted]++;
                continue;
            }
            others[predicted]++;
            others[labels[i]]++;
        }
        var (sum, count) = (0.0, 0);
        for (var j = 0; j < classes; j++)
        {
            if (hits[j] + others[j] == 0)
                continue;
            sum += 2.0 * hits[j] / ((2 * hits[j]) + others[j]);
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }
}
