using Microsoft.Playwright;

namespace Pipeline.Html.Tests;

[Collection(nameof(Browser))]
public sealed class SamplesTests(Browser browser)
{
    private static readonly string[] Alternatives =
    [
        "16 samples of ramps as they are",
        "16 samples of ramps after center",
        "The mean image of ramps and its first 3 principal directions",
    ];

    [Theory]
    [InlineData("/small")]
    [InlineData("/probed")]
    public async Task Studies_of_one_data_set_show_its_pictures_which_the_page_holds_once(string address)
    {
        await using var open = await browser.Open(address, [MadeUp.Small, MadeUp.Probed]);

        foreach (var alternative in Alternatives)
            await open.Page.WaitForFunctionAsync(
                "alternative => document.querySelector(`img[alt='${alternative}']`).naturalHeight === 28",
                alternative
            );

        Assert.Equal(
            Alternatives,
            await open.Page.Locator("img").EvaluateAllAsync<string[]>("images => images.map(image => image.alt)")
        );
        Assert.Equal(Alternatives.Length, await open.Page.Locator("script[data-picture]").CountAsync());
        Assert.Empty(open.Errors);
        Assert.Empty(open.Requests);
    }

    [Fact]
    public async Task A_row_says_its_scale_and_few_pictures_have_pixels_no_larger_than_many()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);

        var captions = await open.Page.Locator(".samples figcaption").AllInnerTextsAsync();
        var widths = await open
            .Page.Locator("img")
            .EvaluateAllAsync<double[]>("images => images.map(image => image.getBoundingClientRect().width)");

        Assert.Equal("ramps as they are; 0 (black) to 459 (white)", captions[0]);
        Assert.Equal(widths[0], widths[1]);
        Assert.Equal(widths[0] * (4 * 29 - 1) / (9 * 29 - 1), widths[2], 1.0);
        Assert.Contains(
            "From the left: mean, 50.0 %, 25.0 %, 6.2 %",
            await open.Page.Locator("main").InnerTextAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_study_without_pictures_has_no_part_for_them()
    {
        await using var open = await browser.Open("/diverged", [MadeUp.Diverged]);

        Assert.Equal(
            0,
            await open.Page.GetByRole(AriaRole.Heading, new() { Name = "Data", Exact = true }).CountAsync()
        );
    }
}
