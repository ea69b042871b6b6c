using Pipeline.Stages.Preprocess.DataSets;
using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Preprocess.Tests;

public sealed class CatalogueTests
{
    public static TheoryData<string> DataSets => [.. DataSetReaderCatalogue.Names];

    [Theory]
    [InlineData("digits", "digits.csv.gz")]
    [InlineData("wine", "wine_data.csv")]
    [InlineData("cifar10", "cifar-10-binary.tar.gz")]
    [InlineData("two_spirals")]
    [InlineData("gaussian_blobs")]
    [InlineData("positive_separable")]
    [InlineData(
        "fashion_mnist",
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz"
    )]
    public void A_data_set_is_found_by_its_name(string name, params string[] files)
    {
        Assert.Contains(name, DataSetReaderCatalogue.Names);
        Assert.Equal(files, DataSetReaderCatalogue.Create(name, []).Files);
    }

    [Theory]
    [MemberData(nameof(DataSets))]
    public void A_data_set_says_how_to_get_it(string name)
    {
        var reader = DataSetReaderCatalogue.Create(name, []);

        Assert.NotEmpty(reader.Remedy);
        Assert.False(reader.Remedy.EndsWith('.'), "it is the end of a sentence that others complete");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("center")]
    [InlineData("standardize")]
    public void A_transform_is_found_by_its_name(string name) => Assert.Contains(name, TransformCatalogue.Names);

    [Fact]
    public void An_unknown_transform_is_answered_with_the_nearest_name() =>
        Assert.Equal(
            "There is no transform 'standardise'; the nearest name is standardize.",
            Assert.Throws<ArgumentException>(() => TransformCatalogue.Create("standardise", [])).Message
        );

    [Fact]
    public void An_argument_that_a_transform_does_not_take_is_refused() =>
        Assert.Throws<ArgumentException>(() => TransformCatalogue.Create("center", [1]));
}
