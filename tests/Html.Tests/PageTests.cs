using Microsoft.Playwright;
using Pipeline.Stages.Report;

namespace Pipeline.Html.Tests;

[CollectionDefinition(nameof(Browser))]
public sealed class BrowserDefinition : ICollectionFixture<Browser>;

[Collection(nameof(Browser))]
public sealed class PageTests(Browser browser)
{
    [Theory]
    [InlineData("", "Results")]
    [InlineData("/small", "A small study")]
    [InlineData("/small/0", "activation=relu, initialization=he_normal, normalization=none")]
    [InlineData("/point", "A point study")]
    [InlineData("/point/0", "the only cell")]
    [InlineData("/probed", "A probed study")]
    [InlineData("/probed/0", "activation=relu, model.depth=1")]
    [InlineData("/diverged", "A diverged study")]
    [InlineData("/diverged/0", "model.depth=model.depth_1")]
    [InlineData("/no-such-study", "Results")]
    [InlineData("main", "Results")]
    [InlineData("/small/999", "A small study")]
    public async Task Every_view_opens_without_an_error_and_asks_for_nothing(string address, string heading)
    {
        await using var open = await browser.Open(
            address,
            [MadeUp.Small, MadeUp.Point, MadeUp.Diverged, MadeUp.Probed]
        );

        Assert.Equal(heading, await open.Page.Locator("h1").InnerTextAsync());
        Assert.Empty(open.Errors);
        Assert.Empty(open.Requests);
    }

    [Fact]
    public async Task Who_skips_to_the_content_stays_at_the_study()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);
        var address = open.Page.Url;

        await open.Page.Locator(".skip").FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("main", await open.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal(address, open.Page.Url);
    }

    [Fact]
    public async Task The_list_leads_to_each_study()
    {
        await using var open = await browser.Open("", [MadeUp.Small, MadeUp.Point]);
        Assert.Equal(2, await open.Page.Locator("main li").CountAsync());
        Assert.Contains(
            "24 cells, 144 runs, 36 diverged; claims: 1 holds, 1 refuted",
            await open.Page.Locator("main").InnerTextAsync(),
            StringComparison.Ordinal
        );

        await open.Page.GetByRole(AriaRole.Link, new() { Name = "A point study" }).ClickAsync();

        await open.Page.GetByRole(AriaRole.Heading, new() { Name = "A point study" }).WaitForAsync();
        Assert.Equal("main", await open.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task Texts_of_a_study_are_never_read_as_HTML()
    {
        await using var open = await browser.Open("", [MadeUp.Hostile]);

        await open.Page.Locator("main li a").ClickAsync();

        await open
            .Page.GetByRole(AriaRole.Heading, new() { Name = "<img src=x onerror='window.broken=1'>" })
            .WaitForAsync();
        Assert.Contains(
            "</script><b>bold</b>",
            await open.Page.Locator("main").InnerTextAsync(),
            StringComparison.Ordinal
        );
        Assert.True(await open.Page.EvaluateAsync<bool>("window.broken === undefined"));
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task A_page_of_5000_runs_has_2_MB_at_most_and_opens()
    {
        var page = HtmlReport.Page([browser.Part(MadeUp.Large)]);
        Assert.Equal(5000, MadeUp.Large.Runs.Count);
        Assert.Equal(100 * 8 * 4 * 2, MadeUp.Large.Layers.Count);
        Assert.InRange(page.Length, 1, 2_000_000);

        await using var open = await browser.Open("/large", [MadeUp.Large]);
        Assert.Equal(100, (await open.Column("Cells", 1)).Count);
        Assert.Empty(open.Errors);
    }
}
