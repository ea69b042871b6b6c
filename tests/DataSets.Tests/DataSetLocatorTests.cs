using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.DataSets.Tests;

public sealed class DataSetLocatorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("datasetlocatortests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_data_set_is_found_in_a_folder_or_in_its_subfolder_and_only_when_whole()
    {
        var reader = DataSetLocator.Reader("fashion-mnist");
        var locator = new DataSetLocator([PathOf("first"), PathOf("second")]);
        Touch("first/train-images-idx3-ubyte.gz");
        Assert.Null(locator.TryLocate("fashion-mnist", reader));

        foreach (var file in reader.Files)
            Touch($"second/fashion-mnist/{file}");
        Assert.Equal(
            reader.Files.Select(file => PathOf($"second/fashion-mnist/{file}")),
            locator.Locate("fashion-mnist", reader)
        );
    }

    [Fact]
    public void A_missing_data_set_is_told_with_its_remedy()
    {
        var reader = DataSetLocator.Reader("fashion-mnist");

        var thrown = Assert.Throws<PipelineException>(() =>
            new DataSetLocator([PathOf("nowhere")]).Locate("fashion-mnist", reader)
        );

        Assert.Contains("--data=<folder>", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(PathOf("nowhere"), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_data_set_of_the_catalogue_can_be_named_in_a_study() =>
        Assert.All(
            DataSetReaderCatalogue.Names,
            name => Assert.NotEmpty(DataSetLocator.Reader(DataSetLocator.StudyName(name)).Remedy)
        );

    private string PathOf(string relative) => Path.Combine(folder, relative);

    private void Touch(string relative)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), "");
    }
}
