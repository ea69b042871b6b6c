namespace Pipeline.Tests;

public sealed class HtmlReportTests : IDisposable
{
    private const string Page = "artifacts/report/index.html";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void The_page_is_written_once_and_again_where_it_is_missing()
    {
        Assert.Contains($"report: {Page}\n", workspace.Run("--target=Report").Succeeded(), StringComparison.Ordinal);
        var first = workspace.Read(Page);
        Assert.Contains("data-study=\"small\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain(Page, workspace.Run("--target=Report").Succeeded(), StringComparison.Ordinal);

        File.Delete(workspace.PathOf(Page));
        Assert.Contains($"report: {Page}\n", workspace.Run("--target=Report").Succeeded(), StringComparison.Ordinal);

        Assert.Equal(first, workspace.Read(Page));
        Assert.DoesNotContain("page", workspace.Files("results/small").Select(file => file.Name));
    }

    [Fact]
    public void Open_tells_the_address_of_the_page()
    {
        var output = workspace.Run("--target=Report", "--open").Succeeded();

        Assert.Contains($"report: {new Uri(workspace.PathOf(Page)).AbsoluteUri}\n", output, StringComparison.Ordinal);
    }
}
