using System.Text;

namespace Pipeline.Stages.Report.Tests;

public sealed class BackendNoteTests
{
    private const string Promise = "The same study gives the same bytes.";

    [Fact]
    public void The_managed_backends_bytes_are_promised() =>
        Assert.Contains(Promise, Page(new(StringComparer.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Of_another_ones_the_page_says_what_computed_them_and_promises_nothing()
    {
        var page = Page(
            new(StringComparer.Ordinal)
            {
                ["backend:Pipeline.Train.Torch"] = new('3', 64),
                ["backend:device"] = "Model_A",
                ["backend:pkg:Google.Protobuf"] = "3.21.9",
                ["backend:pkg:TorchSharp"] = "0.107.0",
                ["backend:pkg:libtorch-cpu-linux-x64"] = "2.10.0",
                ["backend:threads"] = "1",
            }
        );

        Assert.DoesNotContain(Promise, page, StringComparison.Ordinal);
        Assert.Contains(
            @"Runs of the backend `torch` were computed with TorchSharp 0.107.0 and libtorch-cpu-linux-x64 2.10.0 on Model\_A: on other machines",
            page,
            StringComparison.Ordinal
        );
    }

    private static string Page(Dictionary<string, string> provenance) =>
        Encoding.UTF8.GetString(Reporter.Render(Studies.Grid, [], provenance)["README.md"]);
}
