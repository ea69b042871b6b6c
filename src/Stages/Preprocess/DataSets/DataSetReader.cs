namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// Reads one data set's published files. Its name in a study is its type's name in lower case, with hyphens between the words.
/// </summary>
[Catalogue("dataset")]
public abstract class DataSetReader
{
    /// <summary>The names of the files, without folder, in the order in which <see cref="Read"/> wants their paths.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>How a user gets the files: the end of the sentence that says they are missing.</summary>
    public abstract string Remedy { get; }

    /// <summary>Where <see cref="Files"/> are published, in their order; empty where they can't be downloaded.</summary>
    public virtual IReadOnlyList<PublishedFile> Published => [];

    /// <summary>The shape of one sample, features or channels × height × width; null where only the files say it.</summary>
    public abstract IReadOnlyList<int>? Shape { get; }

    /// <summary>Decodes the files.</summary>
    /// <param name="paths">A path for each of <see cref="Files"/>, in their order.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="InvalidDataException">A file is cut off or not of the expected form; the message names file and place.</exception>
    /// <exception cref="OperationCanceledException">Reading was to end.</exception>
    public abstract DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation = default);
}
