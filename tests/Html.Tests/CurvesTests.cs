using Microsoft.Playwright;

namespace Pipeline.Html.Tests;

[Collection(nameof(Browser))]
public sealed class CurvesTests(Browser browser)
{
    [Fact]
    public async Task The_best_cells_are_drawn_at_first_and_named_by_what_differs()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);

        Assert.Equal(6, await Picture(open).Locator(".mean").CountAsync());
        Assert.Equal(6, await Picture(open).Locator(".band").CountAsync());
        Assert.Equal("validation_accuracy by epoch; 6 cells", await Picture(open).GetAttributeAsync("aria-label"));
        var told = await Figure(open).Locator("output").InnerTextAsync();
        Assert.StartsWith("Epoch 50, validation_accuracy, %:", told, StringComparison.Ordinal);
        Assert.Equal(6, (await Figure(open).Locator("output a").AllInnerTextsAsync()).Distinct().Count());
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task Other_curves_and_cells_can_be_chosen()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);
        await open.Page.GetByLabel("Curve", new() { Exact = true }).SelectOptionAsync("train_loss");
        await open.Page.GetByText("Choose the cells whose curves are drawn", new() { Exact = true }).ClickAsync();
        // The boxes come a moment after the click, and what is drawn a moment after the last box.
        await Boxes(open).First.WaitForAsync();
        foreach (var box in await Boxes(open).AllAsync())
            await box.UncheckAsync();
        await open.Page.GetByText("Choose cells to compare.").WaitForAsync();

        foreach (var activation in (string[])["relu", "tanh"])
            await open
                .Page.GetByRole(
                    AriaRole.Checkbox,
                    new()
                    {
                        Name =
                            $"Draw the curve of activation={activation}, initialization=he_normal, normalization=none",
                    }
                )
                .CheckAsync();

        Assert.Equal("train_loss by epoch; 2 cells", await Picture(open).GetAttributeAsync("aria-label"));
        Assert.Equal(
            ["activation=relu", "activation=tanh"],
            await Figure(open).Locator("output a").AllInnerTextsAsync()
        );
        Assert.Empty(open.Errors);
    }

    [Theory]
    [InlineData("/point", 0)]
    [InlineData("/diverged", 0)]
    [InlineData("/small", 1)]
    public async Task Without_two_cells_that_have_curves_nothing_is_compared(string address, int count)
    {
        await using var open = await browser.Open(address, [MadeUp.Small, MadeUp.Diverged, MadeUp.Point]);

        Assert.Equal(
            count,
            await open.Page.GetByRole(AriaRole.Heading, new() { Name = "Learning curves" }).CountAsync()
        );
        Assert.Empty(open.Errors);
    }

    private static ILocator Picture(OpenPage open) => open.Page.GetByRole(AriaRole.Img, new() { Name = " by epoch; " });

    private static ILocator Figure(OpenPage open) => open.Page.Locator("figure", new() { Has = Picture(open) });

    private static ILocator Boxes(OpenPage open) =>
        open.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Draw the curve of " });
}
