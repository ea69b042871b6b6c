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

    [Theory]
    [InlineData("train-images.idx3-ubyte")]
    [InlineData("train_images_idx3_ubyte.gz")]
    [InlineData("Train-Images-idx3-ubyte")]
    public void A_file_that_is_passed_over_because_of_its_name_is_told(string name)
    {
        var reader = DataSetLocator.Reader("fashion-mnist");
        var locator = new DataSetLocator([PathOf("first"), PathOf("second"), PathOf("third")]);
        Touch($"first/{name}");
        Touch("first/notes.txt");
        foreach (var file in reader.Files)
            Touch($"second/{file}");
        Touch($"third/{name}");

        var sentence =
            $"; {PathOf($"first/{name}")} was passed over: it would have to be train-images-idx3-ubyte.gz, gzipped or not";
        Assert.Equal(sentence, locator.PassedOver("fashion-mnist", reader, PathOf("second")));
        Assert.Equal("", locator.PassedOver("fashion-mnist", reader, PathOf("first")));
        File.Delete(PathOf("second/train-images-idx3-ubyte.gz"));
        Assert.EndsWith(
            sentence + ".",
            Assert.Throws<PipelineException>(() => locator.Locate("fashion-mnist", reader)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folder_that_has_some_of_the_files_is_told()
    {
        var reader = DataSetLocator.Reader("fashion-mnist");
        Touch("first/t10k-labels-idx1-ubyte.gz");

        Assert.StartsWith(
            $"; {PathOf("first")} was passed over, as it lacks some of train-images-idx3-ubyte.gz, ",
            new DataSetLocator([PathOf("first")]).PassedOver("fashion-mnist", reader, null),
            StringComparison.Ordinal
        );
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
