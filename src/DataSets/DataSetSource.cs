using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.DataSets;

/// <summary>A data set that studies name: where its files are, and how they are read.</summary>
internal abstract class DataSetSource
{
    /// <summary>The shape of one sample; null where only the files say it.</summary>
    public abstract IReadOnlyList<int>? Shape { get; }

    /// <summary>What a key holds of the data set beside the content of its files and the code that reads them.</summary>
    public abstract Parameters Parameters { get; }

    /// <summary>The catalogue operations that read it, such as <c>dataset/digits</c>.</summary>
    public abstract IEnumerable<string> Operations { get; }

    /// <summary>The paths of its files; null where they are not here.</summary>
    public abstract IReadOnlyList<string>? TryLocate();

    /// <summary>The paths of its files, downloaded where they are published and not here.</summary>
    /// <exception cref="PipelineException">They are not here and can't be downloaded.</exception>
    public abstract IReadOnlyList<string> Locate();

    /// <summary>
    /// What <see cref="Locate"/> would download, such as "to be downloaded from example.org
    /// (3.0 MB)"; null where it wouldn't.
    /// </summary>
    public abstract string? WouldDownload { get; }

    /// <summary>The name by which a key calls a file.</summary>
    public abstract string KeyOf(string path, int index);

    /// <summary>Decodes the files.</summary>
    /// <param name="paths">What <see cref="Locate"/> gave.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="InvalidDataException">A file is cut off or not of the expected form; the message names file and place.</exception>
    /// <exception cref="OperationCanceledException">Reading was to end.</exception>
    public abstract DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation);

    /// <summary>The end of a sentence about files that are hardly meant to be passed over; empty where there are none.</summary>
    /// <param name="paths">What <see cref="Locate"/> gave.</param>
    public virtual string PassedOver(IReadOnlyList<string> paths) => "";
}

/// <summary>A data set that the project knows by name.</summary>
internal sealed class KnownDataSet(OperationCall call, DataSetLocator locator) : DataSetSource
{
    private readonly DataSetReader reader = DataSetReaderCatalogue.Create(
        DataSetLocator.CatalogueName(call.Name),
        [.. call.Arguments]
    );

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape => reader.Shape;

    /// <inheritdoc/>
    public override Parameters Parameters =>
        call.Arguments.Count == 0
            ? Parameters.Empty
            : Parameters.Of([
                new("arguments", Scalar.Of(string.Join(',', call.Arguments.Select(CanonicalJson.Number)))),
            ]);

    /// <inheritdoc/>
    public override IEnumerable<string> Operations => [$"dataset/{DataSetLocator.CatalogueName(call.Name)}"];

    /// <inheritdoc/>
    public override IReadOnlyList<string>? TryLocate() =>
        reader.Files.Count == 0 ? [] : locator.TryLocate(call.Name, reader);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Locate() => reader.Files.Count == 0 ? [] : locator.Locate(call.Name, reader);

    /// <inheritdoc/>
    public override string? WouldDownload => locator.WouldDownload(call.Name, reader);

    /// <inheritdoc/>
    public override string KeyOf(string path, int index) => Path.GetFileName(path);

    /// <inheritdoc/>
    public override DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation) =>
        reader.Read(paths, cancellation);

    /// <inheritdoc/>
    public override string PassedOver(IReadOnlyList<string> paths) =>
        paths.Count == 0 ? "" : locator.PassedOver(call.Name, reader, Path.GetDirectoryName(paths[0]));
}

/// <summary>A data set that a user describes in a <c>.yaml</c> beside its files.</summary>
/// <param name="description">The description.</param>
/// <param name="path">The description's file.</param>
internal sealed class DescribedSource(DataSetDescription description, string path) : DataSetSource
{
    private readonly string[] files =
    [
        .. description
            .Training.Concat(description.Test)
            .Select(file => Path.Combine(Path.GetDirectoryName(path)!, file)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape => null;

    /// <inheritdoc/>
    public override Parameters Parameters =>
        Parameters.Of([
            new("format", Scalar.Of(description.Format)),
            new("header", Scalar.Of(description.HasHeader)),
            new("label", Scalar.Of(description.Label ?? "")),
            new("training_files", Scalar.Of((long)description.Training.Count)),
            .. description.Allow.Count == 0
                ? (KeyValuePair<string, Scalar>[])[]
                : [new("allow", Scalar.Of(string.Join(',', description.Allow)))],
        ]);

    /// <inheritdoc/>
    public override IEnumerable<string> Operations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<string>? TryLocate() => files.All(RegularFile.Exists) ? files : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Locate()
    {
        foreach (var file in files)
        {
            if (RegularFile.IsOther(file))
                throw new PipelineException(
                    $"{path} names {Path.GetFileName(file)}, which is no file, but a folder, a pipe or a device: put a file there."
                );
            if (!File.Exists(file))
                throw new PipelineException(
                    $"{path} names {Path.GetFileName(file)}, which is not there: put it beside the description, or correct its name."
                );
        }
        return files;
    }

    /// <inheritdoc/>
    public override string? WouldDownload => null;

    /// <inheritdoc/>
    public override string KeyOf(string path, int index) => $"file {index}";

    /// <inheritdoc/>
    public override DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation) =>
        DescribedDataSet.Read(
            description,
            [.. paths.Take(description.Training.Count)],
            [.. paths.Skip(description.Training.Count)],
            cancellation
        );
}
