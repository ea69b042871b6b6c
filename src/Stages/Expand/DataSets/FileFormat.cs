using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.DataSets;

/// <summary>A way in which a data set's files are written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fewest">The smallest number of files that hold one split.</param>
/// <param name="Most">The largest number of files that hold one split.</param>
/// <param name="Expectation">The files as the middle of a sentence.</param>
/// <param name="Example">What a description could name.</param>
internal sealed record FileFormat(string Name, int Fewest, int Most, string Expectation, string Example)
{
    /// <summary>The one format with columns.</summary>
    public const string Csv = "csv";

    private static readonly FileFormat[] All =
    [
        new(Csv, 1, 1, "one file", "iris.csv"),
        new("idx", 2, 2, "two files, features then labels", "[images.idx, labels.idx]"),
        new("npy", 2, 2, "two files, features then labels", "[x.npy, y.npy]"),
        new("cifar10", 1, int.MaxValue, "one file or more", "[batch1.bin, batch2.bin]"),
    ];

    /// <summary>The format that a node names.</summary>
    /// <exception cref="StudyException">There is none.</exception>
    public static FileFormat Read(string key, Node node)
    {
        string[] names = [.. All.Select(format => format.Name)];
        if (node is not ScalarNode { Value.IsText: true, Text: var name })
            throw ParameterType.Unexpected(key, string.Join(", ", names[..^1]) + " or " + names[^1], node);
        return All.FirstOrDefault(format => format.Name == name)
            ?? throw new StudyException(
                node.Place,
                $"there is no format {Quotation.Of(name)}{Nearest.Hint(name, names)}"
            );
    }
}
