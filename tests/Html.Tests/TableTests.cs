using System.Globalization;
using Microsoft.Playwright;
using Pipeline.Artifacts;

namespace Pipeline.Html.Tests;

[Collection(nameof(Browser))]
public sealed class TableTests(Browser browser)
{
    private const string Accuracy = "test_accuracy, %";
    private const int AccuracyColumn = 5;

    [Fact]
    public async Task A_click_on_a_heading_sorts_and_another_turns_the_order_around()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);
        var heading = open.Table("Cells").GetByRole(AriaRole.Button, new() { Name = Accuracy, Exact = true });

        await heading.ClickAsync();
        var ascending = Numbers(await open.Column("Cells", AccuracyColumn));
        await heading.ClickAsync();
        var descending = Numbers(await open.Column("Cells", AccuracyColumn));

        Assert.Equal(24, ascending.Length);
        Assert.Equal(ascending.Order(), ascending);
        Assert.Equal(ascending.OrderDescending(), descending);
        Assert.NotEqual(ascending, descending);
    }

    [Fact]
    public async Task The_keyboard_sorts_and_the_table_says_how()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);
        var heading = open.Table("Cells").GetByRole(AriaRole.Button, new() { Name = Accuracy, Exact = true });

        await heading.FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.Keyboard.PressAsync("Enter");

        var numbers = Numbers(await open.Column("Cells", AccuracyColumn));
        Assert.Equal(numbers.OrderDescending(), numbers);
        Assert.Equal("descending", await open.Table("Cells").Locator("th[aria-sort]").GetAttributeAsync("aria-sort"));
    }

    [Theory]
    [InlineData("relu", 6)]
    [InlineData("relu batch", 3)]
    [InlineData("activation=gelu diverged=0", 6)]
    [InlineData("diverged>0", 6)]
    [InlineData("test_accuracy<1", 6)]
    [InlineData("probe(dead_share,mean,last)>=0.25", 18)]
    [InlineData("nowhere", 0)]
    public async Task A_filter_leaves_the_rows_that_meet_it(string filter, int rows)
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);
        var section = open.Page.GetByRole(AriaRole.Region, new() { Name = "Cells", Exact = true });

        await section.GetByRole(AriaRole.Searchbox).FocusAsync();
        await open.Page.Keyboard.TypeAsync(filter);

        Assert.Equal(rows, (await open.Column("Cells", 1)).Count);
        Assert.Equal($"{rows} of 24 rows", await section.GetByRole(AriaRole.Status).InnerTextAsync());
        Assert.Empty(open.Errors);
    }

    [Theory]
    [InlineData(">=")]
    [InlineData("<=")]
    [InlineData("=")]
    public async Task A_filter_compares_numbers_as_they_are_shown(string relation)
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);
        var shown = (await open.Column("Cells", AccuracyColumn)).Select(text => text.Split(' ')[0]).ToArray();
        var section = open.Page.GetByRole(AriaRole.Region, new() { Name = "Cells", Exact = true });
        foreach (var number in shown.Distinct(StringComparer.Ordinal))
        {
            await section.GetByRole(AriaRole.Searchbox).FillAsync($"test_accuracy{relation}{number}");

            Assert.Equal(
                shown.Count(other =>
                    Math.Sign(
                        double.Parse(other, CultureInfo.InvariantCulture)
                            - double.Parse(number, CultureInfo.InvariantCulture)
                    )
                        is var sign
                    && (sign == 0 || (sign > 0 ? ">=" : "<=") == relation)
                ),
                (await open.Column("Cells", 1)).Count
            );
        }
    }

    [Fact]
    public async Task A_long_table_shows_its_first_rows_and_more_when_asked()
    {
        await using var open = await browser.Open("/large", [MadeUp.Large]);
        await open.Page.GetByText("All runs", new() { Exact = true }).First.ClickAsync();
        var section = open.Page.GetByRole(AriaRole.Region, new() { Name = "All runs", Exact = true });
        await section.GetByRole(AriaRole.Status).WaitForAsync();
        Assert.Equal(100, (await open.Column("All runs", 1)).Count);
        Assert.Equal(
            "5,000 of 5,000 rows, the first 100 shown",
            await section.GetByRole(AriaRole.Status).InnerTextAsync()
        );

        await section.GetByRole(AriaRole.Button, new() { Name = "Show more rows" }).ClickAsync();

        Assert.Equal(1100, (await open.Column("All runs", 1)).Count);
    }

    [Fact]
    public async Task A_sign_test_shows_its_counts_and_an_uneven_interval_its_ends()
    {
        var sign = MadeUp.Small.Claims[0] with
        {
            Test = ClaimTest.Sign,
            Effect = null,
            Low = null,
            High = null,
            Pairs = 9,
            For = 8,
            Against = 0,
        };
        await using var open = await browser.Open(
            "/small",
            [
                MadeUp.Small with
                {
                    Plan = MadeUp.Small.Plan with
                    {
                        Claims = [MadeUp.Small.Plan.Claims[0], MadeUp.Small.Plan.Claims[1] with { Factor = 2 }],
                    },
                    Claims = [sign, sign with { Effect = 0.25, Verdict = ClaimVerdict.Undecided, Reason = "too few" }],
                    Cells =
                    [
                        MadeUp.Small.Cells[0] with
                        {
                            Metrics =
                            [
                                MadeUp.Small.Cells[0].Metrics[0],
                                new(1, 0.98, 1),
                                .. MadeUp.Small.Cells[0].Metrics.Skip(2),
                            ],
                        },
                        .. MadeUp.Small.Cells.Skip(1),
                    ],
                },
            ]
        );

        Assert.Equal(["for 8, against 0, 1 tie", "× 0.25 (for 8, against 0, 1 tie)"], await open.Column("Claims", 5));
        Assert.Contains("(undecided: too few)", (await open.Column("Claims", 2))[1], StringComparison.Ordinal);
        Assert.Equal("100.0 (98.0 to 100.0)", (await open.Column("Cells", AccuracyColumn))[0]);
        Assert.Empty(open.Errors);
    }

    private static double[] Numbers(IEnumerable<string> texts) =>
        [.. texts.Select(text => double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture))];
}
