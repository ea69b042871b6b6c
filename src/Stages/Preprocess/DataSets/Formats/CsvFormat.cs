using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>A CSV file: a row a sample, one column its class, all others numbers, parsed as float64 and rounded to float32.</summary>
internal static class CsvFormat
{
    /// <summary>Reads training and test file.</summary>
    /// <exception cref="InvalidDataException">A file is not of the format, or the test file doesn't fit the training file.</exception>
    public static DataSet Read(
        DataSetDescription description,
        string trainingPath,
        string? testPath,
        CancellationToken cancellation
    )
    {
        var training = CsvRows.Read(trainingPath, description, null, cancellation);
        training.RequireMeant(description);
        var classes = CsvClasses.Of(trainingPath, training.Labels);
        ClassNumbers.RequireFew(trainingPath, classes.Count, training.Labels.Count, description);
        var test = testPath is null ? null : CsvRows.Read(testPath, description, training, cancellation);
        return Samples.Join(training.Numbered(classes), test?.Numbered(classes), classes.Count) with
        {
            ClassNames = classes.Names,
            ReadAs = training.ReadAs,
        };
    }
}
