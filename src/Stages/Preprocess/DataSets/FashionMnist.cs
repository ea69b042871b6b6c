namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// 70,000 images of 28 × 28 clothes in 10 classes, the last 10,000 the published test split. Source: Xiao, Rasul, Vollgraf 2017; MIT.
/// The files: gzipped IDX, as published.
/// </summary>
internal sealed class FashionMnist : DataSetReader
{
    private const int Side = 28;
    private const int Classes = 10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; } =
    [
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
    ];

    /// <inheritdoc/>
    public override string Remedy =>
        "put its four IDX files into one folder and name that with --data=<folder>, or install the Debian package dataset-fashion-mnist";

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFile> Published { get; } =
    [
        At("train-images-idx3-ubyte.gz", "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", 26421880),
        At("train-labels-idx1-ubyte.gz", "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", 29515),
        At("t10k-images-idx3-ubyte.gz", "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", 4422102),
        At("t10k-labels-idx1-ubyte.gz", "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", 5148),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape { get; } = [1, Side, Side];

    /// <inheritdoc/>
    public override DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation = default)
    {
        using var training = Images(paths[0], cancellation);
        using var test = Images(paths[2], cancellation);
        int[] labels =
        [
            .. Labels(paths[1], paths[0], training.Shape[0], cancellation),
            .. Labels(paths[3], paths[2], test.Shape[0], cancellation),
        ];
        // In one piece: the images are most of what the process holds.
        var images = new byte[training.Length + test.Length];
        training.ReadValues(images.AsSpan(0, training.Length));
        test.ReadValues(images.AsSpan(training.Length));
        return new()
        {
            Shape = Shape!,
            Classes = Classes,
            Bytes = images,
            Labels = labels,
            PublishedTest = test.Shape[0],
        };
    }

    // The authors' repository at its last commit: what stands there doesn't change.
    private static PublishedFile At(string name, string sha256, long length) =>
        new(
            name,
            new(
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/"
                    + $"b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/{name}"
            ),
            sha256,
            length
        );

    private static IdxStream Images(string path, CancellationToken cancellation)
    {
        var images = IdxStream.Open(path, least: 3, most: 3, cancellation);
        if (images.Shape is [_, Side, Side])
            return images;
        images.Dispose();
        throw new InvalidDataException(
            $"{path} holds images of {images.Shape[1]}×{images.Shape[2]}; {Side}×{Side} are expected."
        );
    }

    private static int[] Labels(string path, string imagesPath, int count, CancellationToken cancellation)
    {
        var labels = IdxFile.Read(path, least: 1, most: 1, cancellation).Values;
        if (labels.Length != count)
            throw new InvalidDataException($"{imagesPath} holds {count} images, but {path} {labels.Length} labels.");
        return labels.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(Classes - 1))
            ? throw new InvalidDataException($"{path} holds a label above {Classes - 1}.")
            : Array.ConvertAll(labels, label => (int)label);
    }
}
