using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Preprocess;

/// <summary>
/// Which rows train, which validate and which test. The test rows are drawn once for a data set, by
/// <c>split.seed</c>, so that no run of any seed has learned from them or been chosen by them; a published test
/// split stays as it is published. The run's seed draws only which of the others validate. Every class gives its
/// share, and keeps a row to train.
/// </summary>
/// <param name="Training">Row numbers of the training split, shuffled.</param>
/// <param name="Validation">Row numbers of the validation split, ascending.</param>
/// <param name="Test">Row numbers of the test split, ascending.</param>
internal sealed record Split(int[] Training, int[] Validation, int[] Test)
{
    private const string ValidationKey = "split.validation";
    private const string TestKey = "split.test";

    /// <summary>Splits the rows of a data set as a run's parameters say.</summary>
    /// <exception cref="InvalidDataException">A split would be empty, or a class would have no training row.</exception>
    public static Split Of(PreparedData data, Parameters spec) => Drawn(data, spec).IfEnough(data.Header, data.Labels);

    /// <summary>As <see cref="Of(PreparedData, Parameters)"/>, whether the data have enough rows or not.</summary>
    public static Split Drawn(PreparedData data, Parameters spec) =>
        Drawn(
            data.Header,
            data.Labels,
            (spec.Number(ValidationKey), spec.Integer(Plan.SeedKey)),
            (spec.Number(TestKey), spec.Integer("split.seed"))
        );

    /// <summary>
    /// Why the data have too few rows, as the key of the parameter to change and a sentence: a split is empty, or a class has no training
    /// row. Null where they have enough.
    /// </summary>
    public (string Key, string Sentence)? Misfit(PreparedDataHeader data, ReadOnlySpan<int> labels)
    {
        if (Training.Length == 0 || Validation.Length == 0 || Test.Length == 0)
            return (
                Test.Length == 0 ? TestKey : ValidationKey,
                $"{ValidationKey} and {TestKey} leave {Training.Length} rows to train, "
                    + $"{Validation.Length} to validate and {Test.Length} to test; each needs one at least."
            );
        var isThere = new bool[data.Classes];
        foreach (var row in Training)
            isThere[labels[row]] = true;
        return Array.IndexOf(isThere, false) is >= 0 and var missing
            ? (
                "dataset",
                $"No training row has class {missing} (of {data.Classes}, counted from 0), so that no network can learn it: "
                    + "give the class a row that trains, or leave it out of the data."
            )
            : null;
    }

    /// <summary>Splits the rows of a data set.</summary>
    /// <param name="data">What the data set is.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="validation">
    /// The share, 0…1, of the rows outside a published test split that validate, and the seed that draws them.
    /// </param>
    /// <param name="test">The share of these rows that test, where no test split is published, and the seed that draws them.</param>
    /// <exception cref="InvalidDataException">A split would be empty, or a class would have no training row.</exception>
    public static Split Of(
        PreparedDataHeader data,
        ReadOnlySpan<int> labels,
        (double Share, int Seed) validation,
        (double Share, int Seed) test
    ) => Drawn(data, labels, validation, test).IfEnough(data, labels);

    private Split IfEnough(PreparedDataHeader data, ReadOnlySpan<int> labels) =>
        Misfit(data, labels) is { } misfit ? throw new InvalidDataException(misfit.Sentence) : this;

    private static Split Drawn(
        PreparedDataHeader data,
        ReadOnlySpan<int> labels,
        (double Share, int Seed) validation,
        (double Share, int Seed) test
    )
    {
        var all = Enumerable.Range(0, data.Training).ToArray();
        var isPublished = data.Test > 0;
        var testRows = isPublished
            ? Enumerable.Range(data.Training, data.Test).ToArray()
            : Draw(all, labels, Count(test.Share), Stream(test.Seed, 0)).Drawn;
        var rest = isPublished ? all : [.. all.Except(testRows)];
        var (validationRows, training) = Draw(rest, labels, Count(validation.Share), Stream(validation.Seed, 1));
        return new(training, validationRows, testRows);

        int Count(double share) => (int)((share * data.Training) + 0.5);

        static RandomStream Stream(int seed, uint draw) => new((ulong)seed, RandomPurpose.Split, draw);
    }

    /// <summary>
    /// Draws rows from each class in proportion to its size, by largest remainders (of equal ones the first class's), fewer
    /// where a class would lose its last row. What is drawn comes in ascending order, the others shuffled.
    /// </summary>
    private static (int[] Drawn, int[] Others) Draw(
        int[] rows,
        ReadOnlySpan<int> labels,
        int count,
        RandomStream stream
    )
    {
        var order = new int[rows.Length];
        stream.Permutation(order);
        var classes = new SortedDictionary<int, int>();
        foreach (var row in rows)
            classes[labels[row]] = classes.GetValueOrDefault(labels[row]) + 1;
        var left = Quotas([.. classes.Values], Math.Min(count, rows.Length));
        var number = classes.Keys.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var (drawn, others) = (new List<int>(count), new List<int>(rows.Length));
        foreach (var i in order)
        {
            var isDrawn = left[number[labels[rows[i]]]]-- > 0;
            (isDrawn ? drawn : others).Add(rows[i]);
        }
        drawn.Sort();
        return ([.. drawn], [.. others]);
    }

    private static int[] Quotas(int[] sizes, int count)
    {
        long total = sizes.Sum();
        var quotas = Array.ConvertAll(sizes, size => Math.Min((int)(count * (long)size / total), size - 1));
        var missing = count - quotas.Sum();
        foreach (var i in Enumerable.Range(0, sizes.Length).OrderByDescending(i => count * (long)sizes[i] % total))
        {
            if (missing > 0 && quotas[i] < sizes[i] - 1)
            {
                quotas[i]++;
                missing--;
            }
        }
        return quotas;
    }
}
