using System.Formats.Tar;
using Pipeline.Stages.Preprocess.DataSets.Formats;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// 60,000 color images of 32 × 32 animals and vehicles in 10 classes, the last 10,000 the published test split. Source: Krizhevsky 2009.
/// The file: a gzipped tar of six batches in binary form, as published.
/// </summary>
internal sealed class Cifar10 : DataSetReader
{
    private const string TestBatch = "cifar-10-batches-bin/test_batch.bin";

    private static readonly string[] TrainingBatches =
    [
        .. Enumerable.Range(1, 5).Select(i => $"cifar-10-batches-bin/data_batch_{i}.bin"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; } = ["cifar-10-binary.tar.gz"];

    /// <inheritdoc/>
    public override string Remedy =>
        "take the binary version from https://www.cs.toronto.edu/~kriz/cifar.html, "
        + "put it as it is into a folder and name that with --data=<folder>";

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedFile> Published { get; } =
    [
        new(
            "cifar-10-binary.tar.gz",
            new("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            170052171
        ),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape => Cifar10Format.Shape;

    /// <inheritdoc/>
    public override DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation = default)
    {
        var batches = Batches(paths[0], cancellation);
        var all = Cifar10Format.Concat([.. TrainingBatches.Append(TestBatch).Select(Batch)]);
        return new()
        {
            Shape = all.Shape,
            Classes = Cifar10Format.Classes,
            Bytes = all.Bytes,
            Labels = all.Labels,
            PublishedTest = batches[TestBatch].Labels.Length,
        };

        Samples Batch(string name) =>
            batches.GetValueOrDefault(name)
            ?? throw new InvalidDataException($"{paths[0]} lacks {name}: get the file again.");
    }

    // They stand in the archive in no order.
    private static Dictionary<string, Samples> Batches(string path, CancellationToken cancellation)
    {
        var batches = new Dictionary<string, Samples>(StringComparer.Ordinal);
        using var file = DataFile.Open(path, cancellation);
        using var archive = new TarReader(file, leaveOpen: true);
        while (Next(archive, path) is { } entry)
        {
            var name = entry.Name;
            if (
                entry.DataStream is { } batch
                && (name == TestBatch || TrainingBatches.Contains(name, StringComparer.Ordinal))
            )
            {
                file.RequireLeft(entry.Length);
                batches[name] = Cifar10Format.Read(batch, entry.Length, $"{path}/{name}");
            }
        }
        // Behind its last byte a gzipped file shows whether it is whole.
        file.CopyTo(Stream.Null);
        return batches;
    }

    private static TarEntry? Next(TarReader archive, string path)
    {
        try
        {
            return archive.GetNextEntry();
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or FormatException)
        {
            throw DataFile.Damaged(path, e);
        }
    }
}
