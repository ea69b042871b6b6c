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

    [Theory]
    [InlineData(null)]
    [InlineData("edited")]
    public void A_plan_tells_of_a_page_that_is_missing_or_differs(string? text)
    {
        Assert.DoesNotContain(Page, workspace.Run("--target=Plan").Succeeded(), StringComparison.Ordinal);
        workspace.Run("--target=Report").Succeeded();
        Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", workspace.Run("--target=Plan").Line("plan"));

        if (text is null)
            File.Delete(workspace.PathOf(Page));
        else
            workspace.Write(Page, text);

        var plan = workspace.Run("--target=Plan");
        Assert.Contains($"{Page}: is missing, or differs ", plan.Succeeded(), StringComparison.Ordinal);
        Assert.Equal("plan: 0 of 16 runs to do, 1 stages to do", plan.Line("plan"));
        workspace.Run("--target=Report").Succeeded();
        Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", workspace.Run("--target=Plan").Line("plan"));
    }

    [Fact]
    public void Open_tells_the_address_of_the_page()
    {
        var output = workspace.Run("--target=Report", "--open").Succeeded();

        Assert.Contains($"report: {new Uri(workspace.PathOf(Page)).AbsoluteUri}\n", output, StringComparison.Ordinal);
    }
}
