using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
            if (IsLargest(logits, i * classes, classes, labels[i]))
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
            correct[i] = IsLargest(logits, i * classes, classes, labels[i]);
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

    private static bool IsLargest(ReadOnlySpan<float> logits, int start, int classes, int label)
    {
        var target = Vector512.Create(logits.Slice(start, classes)[label]);
        var isLargest = Vector512<float>.AllBitsSet;
        for (var j = 0; j < classes; j += Lanes.Count)
        {
            // What is filled is equal to the target and behind it, as it may be.
            var row = Lanes.LoadFirst(logits, start + j, Math.Min(Lanes.Count, classes - j), target);
            isLargest &=
                Vector512.LessThan(row, target)
                | Vector512.AndNot(Vector512.Equals(row, target), Lanes.First(label - j));
        }
        return Vector512.EqualsAll(isLargest.AsInt32(), Vector512<int>.AllBitsSet);
    }
}
