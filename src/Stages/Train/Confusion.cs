using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>Which class was predicted for the rows of which.</summary>
internal static class Confusion
{
    /// <summary>With more classes nobody reads them, and the counts of many runs would take much room.</summary>
    private const int MostClasses = 20;

    /// <summary>
    /// How many rows of each class were taken for each: <c>[true, predicted]</c>, row-major. As in accuracies the largest logit is
    /// predicted, of equal ones the first, and a row with a NaN predicts nothing. Null for more than 20 classes.
    /// </summary>
    /// <param name="logits">A row-major matrix [rows, classes].</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classes">The number of classes.</param>
    public static int[]? Count(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int classes)
    {
        if (classes > MostClasses)
            return null;
        var counts = new int[classes * classes];
        var predicted = Predictions.Classes(logits, classes);
        for (var i = 0; i < labels.Length; i++)
        {
            if (predicted[i] >= 0)
                counts[(labels[i] * classes) + predicted[i]]++;
        }
        return counts;
    }
}
