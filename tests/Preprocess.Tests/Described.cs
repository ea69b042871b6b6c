using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

/// <summary>Reads data sets of a user's own from a temporary folder.</summary>
internal sealed class Described : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public DataSet Read(
        string format,
        string[] training,
        string[]? test = null,
        string? label = null,
        bool hasHeader = false,
        params string[] allow
    )
    {
        var description = new DataSetDescription
        {
            Format = format,
            Training = training,
            Test = test ?? [],
            Label = label,
            HasHeader = hasHeader,
            Allow = allow,
        };
        return DescribedDataSet.Read(
            description,
            [.. description.Training.Select(Folder.PathOf)],
            [.. description.Test.Select(Folder.PathOf)]
        );
    }

    /// <summary>The sentence of a refusal, its paths cut to names.</summary>
    public string Refusal(Func<object> read) =>
        Assert
            .Throws<InvalidDataException>(read)
            .Message.Replace(Folder.PathOf("") + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => Folder.Dispose();
}
