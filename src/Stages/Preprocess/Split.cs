using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Preprocess;

/// <summary>
/// Which rows train, which validate and which test. Rows are shuffled by the seed alone, so that runs of equal seed share
/// their split; a published test split stays as it is published.
/// </summary>
/// <param name="Training">Row numbers of the training split, shuffled.</param>
/// <param name="Validation">Row numbers of the validation split.</param>
/// <param name="Test">Row numbers of the test split.</param>
internal sealed record Split(int[] Training, int[] Validation, int[] Test)
{
    /// <summary>Splits the rows of a data set as a run's parameters say.</summary>
    /// <exception cref="InvalidDataException">A split would be empty.</exception>
    public static Split Of(PreparedDataHeader data, Parameters spec) =>
        Of(data, spec.Number("split.validation"), spec.Number("split.test"), spec.Integer(Plan.SeedKey));

    /// <summary>Splits the rows of a data set.</summary>
    /// <exception cref="InvalidDataException">A split would be empty.</exception>
    public static Split Of(PreparedDataHeader data, double validationShare, double testShare, int seed)
    {
        var shuffled = new int[data.Training];
        new RandomStream((ulong)seed, RandomPurpose.Split, 0).Permutation(shuffled);
        var test =
            data.Test > 0
                ? Enumerable.Range(data.Training, data.Test).ToArray()
                : shuffled[..Share(testShare, data.Training)];
        var rest = data.Test > 0 ? shuffled : shuffled[test.Length..];
        var validation = rest[..Math.Min(rest.Length, Share(validationShare, data.Training))];
        var training = rest[validation.Length..];
        return training.Length > 0 && validation.Length > 0 && test.Length > 0
            ? new(training, validation, test)
            : throw new InvalidDataException(
                $"split.validation and split.test leave {training.Length} rows to train, "
                    + $"{validation.Length} to validate and {test.Length} to test; each needs one at least."
            );
    }

    private static int Share(double share, int rows) => (int)((share * rows) + 0.5);
}
