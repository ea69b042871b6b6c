namespace Pipeline.Stages.Report.Tests;

public sealed class ColourTests
{
    private static readonly Colour DarkPage = new("#0d1117");

    [Fact]
    public void Contrast_is_that_of_WCAG()
    {
        Assert.Equal(21, Colour.Contrast(Colour.Black, Colour.White), 1e-12);
        Assert.Equal(1, Colour.Contrast(DarkPage, DarkPage), 1e-12);
        Assert.Equal(4.54, Colour.Contrast(new("#767676"), Colour.White), 0.005);
    }

    [Fact]
    public void A_number_can_be_read_on_each_colour_of_the_map() =>
        Assert.All(
            Enumerable.Range(0, 1001),
            i =>
            {
                var colour = Viridis.At(i / 1000.0);
                Assert.True(Colour.Contrast(colour, colour.Ink) >= 4.5, colour.Hex);
            }
        );

    [Fact]
    public void The_map_grows_lighter_all_the_way()
    {
        var luminances = Enumerable.Range(0, 101).Select(i => Viridis.At(i / 100.0).Luminance).ToArray();

        Assert.Equal(luminances.Order(), luminances);
        Assert.Equal(("#440154", "#21918c", "#fde725"), (Viridis.At(-1).Hex, Viridis.At(0.5).Hex, Viridis.At(2).Hex));
    }

    [Fact]
    public void Lines_can_be_seen_on_a_light_and_on_a_dark_page() =>
        Assert.All(
            LineStyle.Colours,
            colour =>
            {
                Assert.True(Colour.Contrast(colour.Light, Colour.White) >= 3, colour.Light.Hex);
                Assert.True(Colour.Contrast(colour.Dark, DarkPage) >= 3, colour.Dark.Hex);
            }
        );

    [Fact]
    public void Texts_can_be_read_on_a_light_and_on_a_dark_page_and_on_a_hatched_cell()
    {
        Assert.True(Colour.Contrast(new("#6e7781"), Colour.White) >= 4.5);
        Assert.True(Colour.Contrast(new("#9198a1"), DarkPage) >= 4.5);
        Assert.True(Colour.Contrast(new("#d0d7de"), Colour.Black) >= 4.5);
    }

    [Fact]
    public void Twenty_eight_lines_look_different() =>
        Assert.Equal(
            28,
            Enumerable
                .Range(0, 28)
                .Select(line => (LineStyle.Class("line", line), LineStyle.Dash(line)))
                .Distinct()
                .Count()
        );
}
