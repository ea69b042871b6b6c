namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// 70,000 images of 28 × 28 clothes in 10 classes, the last 10,000 the published test split. Source: Xiao, Rasul, Vollgraf 2017; MIT.
/// The files: gzipped IDX, as published.
/// </summary>
internal sealed class FashionMnist : DataSetReader
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; } =
    [
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz",
    ];

    /// <inheritdoc/>
    public override string Remedy => "put its four IDX files into one folder and name that with --data=<folder>, or install the Debian package dataset-fashion-mnist";

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape { get; } = [1, 28, 28];

    /// <inheritdoc/>
    public override DataSet Read(IReadOnlyList<string> paths)
    {
        var training = IdxFile.Read(paths[0], dimensions: 3);
        var trainingLabels = IdxFile.Read(paths[1], dimensions: 1);
        var test = IdxFile.Read(paths[2], dimensions: 3);
        var testLabels = IdxFile.Read(paths[3], dimensions: 1);
        RequireSame(training, trainingLabels, paths[0], paths[1]);
        RequireSame(test, testLabels, paths[2], paths[3]);
        if (training.Shape[1] != test.Shape[1] || training.Shape[2] != test.Shape[2])
            throw new InvalidDataException($"{paths[0]} and {paths[2]} hold images of different sizes.");
        int[] labels = [.. trainingLabels.Values, .. testLabels.Values];
        if (labels.Any(label => label > 9))
            throw new InvalidDataException($"{paths[1]} or {paths[3]} holds a label above 9.");
        return new()
        {
            Shape = [1, training.Shape[1], training.Shape[2]],
            Classes = 10,
            Bytes = [.. training.Values, .. test.Values],
            Labels = labels,
            PublishedTest = test.Shape[0],
        };
    }

    private static void RequireSame(IdxFile images, IdxFile labels, string imagesPath, string labelsPath)
    {
        if (images.Shape[0] != labels.Shape[0])
            throw new InvalidDataException($"{imagesPath} holds {images.Shape[0]} images, but {labelsPath} {labels.Shape[0]} labels.");
    }
}
