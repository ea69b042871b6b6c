using Pipeline.Artifacts;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Expand.DataSets;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.DataSets;

/// <summary>
/// All data sets that studies may name: those of the catalogue, and those that users describe in
/// <c>--data</c> or <c>experiments/data</c>.
/// </summary>
internal sealed class DataSetLibrary
{
    private readonly IReadOnlyList<string> folders;
    private readonly TextWriter output;
    private readonly CancellationToken cancellation;
    private readonly DataSetLocator locator;
    private readonly Dictionary<string, string> descriptions = new(StringComparer.Ordinal);

    /// <summary>Looks for descriptions; none is read yet.</summary>
    /// <param name="folders">Where descriptions are, the first of two of one name winning.</param>
    /// <param name="locator">Finds the files of the catalogue's data sets.</param>
    /// <param name="output">Where to tell what a data set that is read holds.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="PipelineException">
    /// A description has the name of a data set of the catalogue, or of another in its folder.
    /// </exception>
    public DataSetLibrary(
        IReadOnlyList<string> folders,
        DataSetLocator locator,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        (this.folders, this.locator) = (folders, locator);
        (this.output, this.cancellation) = (output, cancellation);
        foreach (
            var path in folders
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
                .Where(path => Path.GetExtension(path) is ".yaml" or ".yml")
        )
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (Known.Contains(name, StringComparer.Ordinal))
                throw new PipelineException(
                    $"{path} describes a data set named {name}, which the project has already: rename the file."
                );
            // Whatever else lies in a folder of data: no study can name it.
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
                continue;
            if (
                !descriptions.TryAdd(name, path)
                && Path.GetDirectoryName(descriptions[name]) == Path.GetDirectoryName(path)
            )
                throw new PipelineException(
                    $"Two files describe the data set {name}: {descriptions[name]} and {path}; rename one."
                );
        }
    }

    /// <summary>The names of the catalogue's data sets.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [.. DataSetReaderCatalogue.Names.Select(DataSetLocator.StudyName)];

    /// <summary>The names of the data sets that users describe, in ordinal order.</summary>
    public IReadOnlyList<string> Described => [.. descriptions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether a data set is described in another folder than the last that is looked at, the project's own.</summary>
    public bool IsDescribedElsewhere(string text) =>
        descriptions.TryGetValue(OperationCall.Parse(text).Name, out var path)
        && Path.GetDirectoryName(path) != folders[^1];

    /// <summary>The data set that a study names.</summary>
    /// <param name="text">The name, with arguments where it takes some.</param>
    /// <exception cref="PipelineException">There is no such data set.</exception>
    /// <exception cref="StudyException">Its description is wrong.</exception>
    public DataSetSource Find(string text)
    {
        var call = OperationCall.Parse(text);
        if (descriptions.TryGetValue(call.Name, out var path))
            return new DescribedSource(DataSetFile.Read(path), path);
        return Known.Contains(call.Name, StringComparer.Ordinal)
            ? new KnownDataSet(call, locator)
            : throw new PipelineException(
                $"There is no data set '{text}': its description is no longer in --data or experiments/data."
            );
    }

    /// <summary>Decodes a data set, and tells in one line what it holds and whence.</summary>
    /// <param name="text">The name, with arguments where it takes some.</param>
    /// <param name="source">The data set that has it.</param>
    /// <param name="target">Where the decoded data set goes.</param>
    /// <exception cref="PipelineException">Its files are not here, or reading was to end.</exception>
    /// <exception cref="InvalidDataException">A file is cut off or not of the expected form; the message names file and place.</exception>
    public void Decode(string text, DataSetSource source, Stream target)
    {
        var paths = source.Locate();
        var data = Interruptible(() => source.Read(paths, cancellation));
        output.WriteLine(DataSetSummary.Of(text, data, paths) + source.PassedOver(paths));
        data.Write(target);
    }

    /// <summary>The digest of a data set's file.</summary>
    /// <exception cref="PipelineException">The file can't be read, or reading was to end.</exception>
    public string DigestOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Interruptible(() => Digest.Of(file, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(
                $"The data file {path} can't be read ({e.Message.TrimEnd('.')}): make it readable, or get it again.",
                e
            );
        }
    }

    /// <summary>The catalogue of data sets, as a study's vocabulary has it.</summary>
    public OperationKind Kind() =>
        new(
            "data set",
            [.. Known.Concat(Described)],
            name =>
                descriptions.ContainsKey(name)
                    ? []
                    : DataSetReaderCatalogue.Parameters(DataSetLocator.CatalogueName(name)),
            Validate
        );

    private static T Interruptible<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (OperationCanceledException e)
        {
            throw new PipelineException(
                "Interrupted while data were read: what is finished is kept, and the same command goes on from there.",
                e
            );
        }
    }

    private void Validate(string name, double[] arguments)
    {
        if (!descriptions.ContainsKey(name))
            DataSetReaderCatalogue.Create(DataSetLocator.CatalogueName(name), arguments);
        else if (arguments.Length > 0)
            throw new ArgumentException($"{name} takes no arguments.", nameof(arguments));
    }
}
