using System.Runtime.CompilerServices;

namespace Pipeline.Networks;

/// <summary>What a network's logits predict: the class of the largest logit, of equal ones the first.</summary>
public static class Predictions
{
    /// <summary>The number of rows whose prediction is their label; a row with a NaN predicts nothing.</summary>
    /// <param name="logits">A row-major matrix [rows, classes].</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="classes">The number of classes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountCorrect(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int rows, int classes)
    {
        var correct = 0;
        for (var i = 0; i < rows; i++)
        {
            if (IsLargest(logits.Slice(i * classes, classes), labels[i]))
                correct++;
        }
        return correct;
    }

    /// <summary>Whether each row's prediction is its label; a row with a NaN predicts nothing.</summary>
    /// <param name="logits">A row-major matrix [rows, classes].</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classes">The number of classes.</param>
    public static bool[] Correct(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int classes)
    {
        var correct = new bool[labels.Length];
        for (var i = 0; i < correct.Length; i++)
            correct[i] = IsLargest(logits.Slice(i * classes, classes), labels[i]);
        return correct;
    }

    /// <summary>The class that each row predicts [rows]; −1 for a row with a NaN.</summary>
    /// <param name="logits">A row-major matrix [rows, classes].</param>
    /// <param name="classes">The number of classes.</param>
    public static int[] Classes(ReadOnlySpan<float> logits, int classes)
    {
        var predicted = new int[logits.Length / classes];
        for (var i = 0; i < predicted.Length; i++)
        {
            var row = logits.Slice(i * classes, classes);
            var (largest, hasNaN) = (0, false);
            for (var j = 0; j < classes; j++)
            {
                largest = row[j] > row[largest] ? j : largest;
                hasNaN |= float.IsNaN(row[j]);
            }
            predicted[i] = hasNaN ? -1 : largest;
        }
        return predicted;
    }

    private static bool IsLargest(ReadOnlySpan<float> row, int label)
    {
        var target = row[label];
        var isLargest = true;
        foreach (var logit in row[..label])
            isLargest &= logit < target;
        foreach (var logit in row[label..])
            isLargest &= logit <= target;
        return isLargest;
    }
}
