using Pipeline.Artifacts;

namespace Pipeline.Diff.Tests;

public sealed class CauseTests
{
    [Theory]
    [InlineData("experiments/data/wine_data.csv", true)]
    [InlineData("experiments/data/wine.yaml", true)]
    [InlineData("experiments/data/wine/rows.csv", true)]
    [InlineData("experiments/data/wine-quality.csv", false)]
    [InlineData("experiments/data/winery.yaml", false)]
    [InlineData("experiments/wine.yaml", false)]
    public void A_data_sets_files_begin_with_its_whole_name(string path, bool expected) =>
        Assert.Equal(expected, Cause.IsTouched(ManifestEntry.Of(ManifestEntry.Data, "wine"), [], path));
}
