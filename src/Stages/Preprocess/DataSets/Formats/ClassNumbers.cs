using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>What training rows say about their classes that is hardly meant.</summary>
internal static class ClassNumbers
{
    /// <summary>The fewest training rows that say enough to be judged by.</summary>
    public const int FewestJudged = 20;

    /// <summary>Makes sure that there are at most half as many classes as training rows, of which there are 20 or more.</summary>
    /// <exception cref="InvalidDataException">There are more classes.</exception>
    public static void RequireFew(string path, int classes, int rows, DataSetDescription description)
    {
        if (rows >= FewestJudged && classes > rows / 2 && !description.Allows(Allowance.ManyClasses))
            throw new InvalidDataException(
                $"{path} has {classes} classes in {rows} rows, as if the label were a quantity to predict or an id: "
                    + $"name another column or put values into classes, or {Allowance.ManyClasses.Hint}."
            );
    }

    /// <summary>The splits with labels 0…k − 1, each of which a training row has.</summary>
    /// <exception cref="InvalidDataException">
    /// A smaller number than the largest label is no row's, or there are too many classes.
    /// </exception>
    public static (Samples Training, Samples? Test, IReadOnlyList<string>? Names) Of(
        Samples training,
        Samples? test,
        DataSetDescription description
    )
    {
        int[] used = [.. training.Labels.Distinct().Order()];
        RequireFew(training.LabelsPath, used.Length, training.Labels.Length, description);
        if (used[^1] == used.Length - 1)
            return (training, test, null);
        var missing = Enumerable.Range(0, used[^1]).First(number => used[number] != number);
        if (!description.Allows(Allowance.ClassGaps))
            throw new InvalidDataException(
                $"{training.LabelsPath} holds labels up to {used[^1]}, but no {missing}"
                    + $"{(used[^1] + 1 - used.Length is > 1 and var gaps ? $" and {gaps - 1} more that no row has" : "")}: number the classes from 0 "
                    + $"(numpy.unique(labels, return_inverse=True)[1]), or {Allowance.ClassGaps.Hint}."
            );
        return (Renumbered(training), test is null ? null : Renumbered(test), [.. used.Select(label => $"{label}")]);

        Samples Renumbered(Samples samples) =>
            samples with
            {
                Labels =
                [
                    .. samples.Labels.Select(
                        (label, i) =>
                            Array.BinarySearch(used, label) is >= 0 and var number
                                ? number
                                : throw new InvalidDataException(
                                    $"{samples.LabelsPath} has the label {label} in row {i + 1}, which no row of {training.LabelsPath} has."
                                )
                    ),
                ],
            };
    }
}
