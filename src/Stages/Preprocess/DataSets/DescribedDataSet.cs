using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.DataSets.Formats;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// Reads a user's own data set by its description. Any of its files may be gzipped, whatever it is called.
/// </summary>
public static class DescribedDataSet
{
    /// <summary>Decodes the files.</summary>
    /// <param name="description">What they are.</param>
    /// <param name="trainingPaths">A path for each of <see cref="DataSetDescription.Training"/>, in its order.</param>
    /// <param name="testPaths">A path for each of <see cref="DataSetDescription.Test"/>, in its order.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="InvalidDataException">
    /// A file is cut off or not of its format, or the files don't fit each other; the message names file and place.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static DataSet Read(
        DataSetDescription description,
        IReadOnlyList<string> trainingPaths,
        IReadOnlyList<string> testPaths,
        CancellationToken cancellation = default
    )
    {
        return description.Format switch
        {
            "csv" => CsvFormat.Read(
                description,
                trainingPaths[0],
                testPaths.Count == 0 ? null : testPaths[0],
                cancellation
            ),
            "idx" => Numbered(paths => IdxFormat.Read(paths[0], paths[1], cancellation)),
            "npy" => Numbered(paths => NpyFormat.Read(paths[0], paths[1], cancellation)),
            "cifar10" => Samples.Join(
                Cifar10Format.Read(trainingPaths, cancellation),
                testPaths.Count == 0 ? null : Cifar10Format.Read(testPaths, cancellation),
                Cifar10Format.Classes
            ),
            var format => throw new ArgumentException(
                $"There is no format '{format}' of data sets.",
                nameof(description)
            ),
        };

        DataSet Numbered(Func<IReadOnlyList<string>, Samples> read)
        {
            var (training, test, names) = ClassNumbers.Of(
                read(trainingPaths),
                testPaths.Count == 0 ? null : read(testPaths),
                description
            );
            return Samples.Join(training, test, null) with { ClassNames = names };
        }
    }
}
