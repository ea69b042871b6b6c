using Microsoft.Playwright;

namespace Pipeline.Html.Tests;

[Collection(nameof(Browser))]
public sealed class LayersTests(Browser browser)
{
    [Fact]
    public async Task A_cell_shows_a_probe_by_layer_with_its_interval()
    {
        await using var open = await browser.Open("/probed/3", [MadeUp.Probed]);

        Assert.Equal(5, Points(await Path(open, "mean")));
        Assert.Equal(10, Points(await Path(open, "band")));
        Assert.StartsWith(
            "weight_gradient_norm by layer, at initialization; activation=gelu, model.depth=4",
            await Picture(open).GetAttributeAsync("aria-label"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_keyboard_and_the_pointer_tell_the_value_in_a_layer()
    {
        await using var open = await browser.Open("/probed/3", [MadeUp.Probed]);
        var told = Figure(open).Locator("output");
        Assert.Matches(
            @"^Layer 5, output, at initialization, weight_gradient_norm:\s+1\.\d+ ± 0\.\d+$",
            await told.InnerTextAsync()
        );

        await open.Page.GetByRole(AriaRole.Slider, new() { Name = "Layer" }).FocusAsync();
        await open.Page.Keyboard.PressAsync("Home");
        Assert.Matches(
            @"^Layer 1, layers\.0\.linear, at initialization, weight_gradient_norm:\s+0\.0001\d* ± 0\.0000\d+$|± \d+(\.\d+)?e-[5-9]$",
            await told.InnerTextAsync()
        );
        Assert.Equal(
            "layer 1, layers.0.linear",
            await open.Page.GetByRole(AriaRole.Slider, new() { Name = "Layer" }).GetAttributeAsync("aria-valuetext")
        );

        await Picture(open).HoverAsync();
        Assert.StartsWith("Layer 3, ", await told.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_span_orders_of_magnitude_have_a_logarithmic_axis_until_another_is_chosen()
    {
        await using var open = await browser.Open("/probed/3", [MadeUp.Probed]);
        Assert.Contains("0.001", await Picture(open).Locator("text").AllTextContentsAsync());

        await Choose(open, "Scale", "linear");
        Assert.DoesNotContain("0.001", await Picture(open).Locator("text").AllTextContentsAsync());

        await Choose(open, "Scale", "fitting");
        await Choose(open, "Probe", "unit_norm");
        Assert.Contains("1.5", await Picture(open).Locator("text").AllTextContentsAsync());
    }

    [Fact]
    public async Task Values_of_both_signs_that_span_orders_of_magnitude_are_shown_by_size_and_told_as_they_are()
    {
        await using var open = await browser.Open("/probed/3", [MadeUp.Probed]);

        await Choose(open, "Probe", "activation_mean");

        Assert.StartsWith(
            "size of activation_mean",
            await Picture(open).GetAttributeAsync("aria-label"),
            StringComparison.Ordinal
        );
        Assert.Equal(5, Points(await Path(open, "mean")));
        Assert.Contains(
            "the plot shows their sizes",
            await open.Page.Locator("main").InnerTextAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Another_time_and_the_course_of_a_layer_during_training_can_be_seen()
    {
        await using var open = await browser.Open("/probed/3", [MadeUp.Probed]);
        var before = await Path(open, "mean");

        await Choose(open, "When", "1");
        Assert.NotEqual(before, await Path(open, "mean"));
        Assert.Contains(
            "after 50 epochs",
            await Figure(open).Locator("output").InnerTextAsync(),
            StringComparison.Ordinal
        );

        await Choose(open, "Along", "epoch");
        await Choose(open, "Layer", "4");
        var course = open.Page.GetByRole(
            AriaRole.Img,
            new() { Name = "weight_gradient_norm by epoch, layer 5, output" }
        );
        Assert.Equal(2, Points((await course.Locator(".mean").GetAttributeAsync("d"))!));
    }

    [Fact]
    public async Task A_value_of_0_is_told_where_a_logarithmic_scale_has_no_place_for_it()
    {
        await using var open = await browser.Open("/probed", [MadeUp.Probed]);
        await Unfold(open);

        await Box(open, "relu", 1).CheckAsync();

        Assert.Contains(
            "A value of 0 has no place",
            await open.Page.Locator("main").InnerTextAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_deepest_networks_are_compared_at_first_and_named_by_what_differs()
    {
        await using var open = await browser.Open("/probed", [MadeUp.Probed]);

        Assert.Equal(4, await Picture(open).Locator(".mean").CountAsync());
        Assert.Equal(4, await Picture(open).Locator(".band").CountAsync());
        Assert.Equal(
            ["activation=relu", "activation=gelu", "activation=tanh", "activation=elu"],
            await Figure(open).Locator("output a").AllInnerTextsAsync()
        );
        Assert.Equal(
            4,
            (
                await Picture(open)
                    .Locator(".mean")
                    .EvaluateAllAsync<string[]>("lines => lines.map(line => getComputedStyle(line).stroke)")
            )
                .Distinct()
                .Count()
        );
    }

    [Fact]
    public async Task The_keyboard_adds_a_cell_to_the_comparison_and_takes_it_out()
    {
        await using var open = await browser.Open("/probed", [MadeUp.Probed]);
        await Unfold(open);

        await Box(open, "gelu", 1).FocusAsync();
        await open.Page.Keyboard.PressAsync("Space");
        Assert.Equal(5, await Picture(open).Locator(".mean").CountAsync());
        Assert.Contains("activation=gelu, model.depth=1", await Figure(open).Locator("output a").AllInnerTextsAsync());

        await open.Page.Keyboard.PressAsync("Space");
        Assert.Equal(4, await Picture(open).Locator(".mean").CountAsync());
        foreach (var activation in (string[])["relu", "gelu", "tanh", "elu"])
            await Box(open, activation, 4).UncheckAsync();
        Assert.Contains(
            "Choose cells to compare.",
            await open.Page.Locator("main").InnerTextAsync(),
            StringComparison.Ordinal
        );
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task A_study_without_probes_has_no_part_for_them()
    {
        await using var open = await browser.Open("/small/0", [MadeUp.Small]);

        Assert.Equal(
            0,
            await open.Page.GetByRole(AriaRole.Heading, new() { Name = "Inside the network" }).CountAsync()
        );
    }

    private static ILocator Picture(OpenPage open) => open.Page.GetByRole(AriaRole.Img, new() { Name = " by layer, " });

    private static ILocator Figure(OpenPage open) => open.Page.Locator("figure", new() { Has = Picture(open) });

    private static ILocator Box(OpenPage open, string activation, int depth) =>
        open.Page.GetByRole(
            AriaRole.Checkbox,
            new() { Name = $"Compare activation={activation}, model.depth={depth}" }
        );

    private static async Task Unfold(OpenPage open) =>
        await open.Page.GetByText("Choose the cells to compare", new() { Exact = true }).ClickAsync();

    private static async Task Choose(OpenPage open, string label, string value) =>
        await open.Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(value);

    private static async Task<string> Path(OpenPage open, string kind) =>
        (await Picture(open).Locator($".{kind}").GetAttributeAsync("d"))!;

    private static int Points(string path) => path.Count(c => c is 'M' or 'L');
}
