using Microsoft.Playwright;

namespace Pipeline.Html.Tests;

[Collection(nameof(Browser))]
public sealed class CellTests(Browser browser)
{
    [Fact]
    public async Task A_cell_leads_to_its_runs_and_curves_and_back()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);

        await open.Page.Locator("table.grid td a").Nth(1).FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");

        await open
            .Page.GetByRole(
                AriaRole.Heading,
                new() { Name = "activation=relu, initialization=normal(0.01), normalization=none" }
            )
            .WaitForAsync();
        Assert.Equal(6, (await open.Column("Runs of the cell", 1)).Count);
        Assert.Equal(3, await open.Page.Locator("path.run").CountAsync());
        Assert.Equal(50, (await open.Page.Locator("path.mean").GetAttributeAsync("d"))!.Count(c => c is 'M' or 'L'));
        Assert.Equal(100, (await open.Page.Locator("path.band").GetAttributeAsync("d"))!.Count(c => c is 'M' or 'L'));
        await open.Page.GoBackAsync();
        await open.Page.GetByRole(AriaRole.Heading, new() { Name = "A small study" }).WaitForAsync();
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task A_link_to_a_cell_opens_it()
    {
        await using var open = await browser.Open("/small/2", [MadeUp.Point, MadeUp.Small]);

        Assert.Equal(
            "activation=relu, initialization=normal(0.01), normalization=none",
            await open.Page.Locator("h1").InnerTextAsync()
        );
        Assert.Equal("small", await open.Page.Locator("nav [aria-current]").InnerTextAsync());
    }

    [Fact]
    public async Task The_slider_and_the_pointer_tell_the_values_at_an_epoch()
    {
        await using var open = await browser.Open("/small/0", [MadeUp.Small]);
        var told = open.Page.Locator("figure output");
        Assert.StartsWith(
            "Epoch 50, validation_accuracy, %: mean ",
            await told.InnerTextAsync(),
            StringComparison.Ordinal
        );

        await open.Page.GetByRole(AriaRole.Slider, new() { Name = "Epoch" }).FocusAsync();
        await open.Page.Keyboard.PressAsync("Home");
        Assert.Matches(
            @"^Epoch 1, validation_accuracy, %: mean \d+\.\d \(\d+\.\d to \d+\.\d\)$",
            await told.InnerTextAsync()
        );

        await open.Page.Locator("figure svg").HoverAsync();
        Assert.Matches("^Epoch 2[0-9],", await told.InnerTextAsync());
    }

    [Fact]
    public async Task A_marked_run_stands_out_and_tells_its_value()
    {
        await using var open = await browser.Open("/small/0", [MadeUp.Small]);
        var box = open.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Mark run" }).First;

        await box.FocusAsync();
        await open.Page.Keyboard.PressAsync("Space");

        Assert.Equal(1, await open.Page.Locator("path.run.marked").CountAsync());
        Assert.Contains(
            $"; run {(await open.Column("Runs of the cell", 1))[0]}: ",
            await open.Page.Locator("figure output").InnerTextAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_scale_turns_logarithmic_and_another_curve_shows()
    {
        await using var open = await browser.Open("/small/0", [MadeUp.Small]);
        var mean = open.Page.Locator("path.mean");

        await open.Page.GetByLabel("Curve", new() { Exact = true }).SelectOptionAsync("train_loss");
        var linear = await mean.GetAttributeAsync("d");
        await open.Page.GetByLabel("Logarithmic").CheckAsync();

        Assert.NotEqual(linear, await mean.GetAttributeAsync("d"));
        Assert.Contains(
            "train_loss: mean",
            await open.Page.Locator("figure output").InnerTextAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains("0.01", await open.Page.Locator("figure svg text").AllTextContentsAsync());
    }

    [Fact]
    public async Task Digits_before_the_point_are_not_rounded_away()
    {
        var tables = MadeUp.Small with
        {
            Runs = [.. MadeUp.Small.Runs.Select(run => run with { Metrics = [1301, 0.5, 471859.2, 0.5] })],
        };
        await using var open = await browser.Open("/small/0", [tables]);

        var shown = await open.Table("Runs of the cell").InnerTextAsync();

        Assert.Contains("1301", shown, StringComparison.Ordinal);
        Assert.Contains("472000", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diverged_run_says_when_and_its_curve_ends_there()
    {
        await using var open = await browser.Open("/small/18", [MadeUp.Small]);

        Assert.Contains(
            "diverged at step 10",
            await open.Table("Runs of the cell").InnerTextAsync(),
            StringComparison.Ordinal
        );
        Assert.All(
            await open
                .Page.Locator("path.run")
                .EvaluateAllAsync<string[]>("paths => paths.map(path => path.getAttribute('d'))"),
            path => Assert.InRange(path.Count(c => c is 'M' or 'L'), 1, 12)
        );
    }
}
