using Microsoft.Playwright;

namespace Pipeline.Html.Tests;

[Collection(nameof(Browser))]
public sealed class GridTests(Browser browser)
{
    private static readonly string[] Activations = ["relu", "gelu", "tanh", "sigmoid"];
    private static readonly string[] Initializations = ["he_normal", "normal(0.01)", "zeros"];

    [Fact]
    public async Task There_is_a_table_for_each_value_of_the_other_axis()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);

        Assert.Equal(2, await open.Page.Locator("table.grid").CountAsync());
        Assert.Equal(Activations, await Rows(open));
        Assert.Equal(Initializations, await Columns(open));
        Assert.Equal(24, await open.Page.Locator("table.grid td a").CountAsync());
    }

    [Fact]
    public async Task Axes_change_places_by_keyboard_and_the_focus_stays()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Swap rows and columns" }).FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");

        Assert.Equal(Initializations, await Rows(open));
        Assert.Equal(Activations, await Columns(open));
        Assert.Equal(
            "Swap rows and columns",
            await open.Page.EvaluateAsync<string>("document.activeElement.textContent")
        );
    }

    [Fact]
    public async Task Another_axis_takes_the_rows_and_one_can_be_held_at_a_value()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);

        await open.Page.GetByLabel("Rows", new() { Exact = true }).SelectOptionAsync("normalization");
        Assert.Equal(["none", "batch"], await Rows(open));
        await open.Page.GetByLabel("activation", new() { Exact = true }).SelectOptionAsync("tanh");

        Assert.Equal(1, await open.Page.Locator("table.grid").CountAsync());
        Assert.Equal(6, await open.Page.Locator("table.grid td a").CountAsync());
        Assert.Contains(
            "activation=tanh",
            await open.Page.Locator("table.grid caption").InnerTextAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_columns_each_combination_has_a_column_of_its_own()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);

        await open.Page.GetByLabel("Columns", new() { Exact = true }).SelectOptionAsync("none");

        Assert.Equal(6, await open.Page.Locator("table.grid").CountAsync());
        Assert.Equal(24, await open.Page.Locator("table.grid td a").CountAsync());
    }

    [Fact]
    public async Task Another_metric_fills_the_cells()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);
        var before = await open.Page.Locator("table.grid td").First.InnerTextAsync();

        await open.Page.GetByLabel("Metric", new() { Exact = true }).SelectOptionAsync("test_loss");

        var after = await open.Page.Locator("table.grid td").First.InnerTextAsync();
        Assert.Matches(@"^\d\d\.\d ± 1\.2$", before);
        Assert.Matches(@"^0\.\d+ ± 0\.0123$", after);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pointer_and_focus_show_all_values_of_a_cell(bool byPointer)
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);
        var link = open.Page.Locator("table.grid td a").First;
        var tip = open.Page.GetByRole(AriaRole.Tooltip);
        Assert.False(await tip.IsVisibleAsync());

        await (byPointer ? link.HoverAsync() : link.FocusAsync());

        var text = await tip.InnerTextAsync();
        foreach (
            var expected in (string[])
                [
                    "activation=relu",
                    "test_accuracy, %: ",
                    "test_loss: ",
                    "3 runs, 0 diverged",
                    "chosen: learning_rate=0.1",
                ]
        )
            Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Equal("tip", await link.GetAttributeAsync("aria-describedby"));
        await open.Page.Keyboard.PressAsync("Escape");
        Assert.False(await tip.IsVisibleAsync());
    }

    private static async Task<IReadOnlyList<string>> Rows(OpenPage open) =>
        await open.Page.Locator("table.grid").First.Locator("tbody th").AllInnerTextsAsync();

    private static async Task<IReadOnlyList<string>> Columns(OpenPage open) =>
        [.. (await open.Page.Locator("table.grid").First.Locator("thead th").AllInnerTextsAsync()).Skip(1)];
}
