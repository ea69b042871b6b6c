using System.Xml.Linq;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>What the colours of a heat map span. Of the cells that are drawn those above 0.7 train.</summary>
public sealed class HeatScaleTests
{
    [Fact]
    public void Cells_that_learned_nothing_do_not_take_the_colours_from_those_that_did()
    {
        var scale = Scale("test_accuracy", [0.4, 0.5, 0.69, 0.94, 0.95, 0.96, 0.97]);

        Assert.Equal((94, 97), (scale.Scale.Low, scale.Scale.High));
        Assert.True(scale.IsBroken);
        Assert.Equal("< 94", scale.Beyond);
        Assert.Equal(scale.Of(94), scale.Of(40));
        Assert.NotEqual(scale.Of(94), scale.Of(95));
        Assert.Contains("< 94: one colour for all, however far", scale.Notes());
    }

    [Fact]
    public void Half_of_the_cells_that_train_take_a_third_of_the_colours_at_least()
    {
        // The better half of the six ends at 0.95, a point from the best: three points are shown at most, 93 to 96.
        var scale = Scale("test_accuracy", [0.71, 0.8, 0.935, 0.95, 0.955, 0.96]);

        Assert.Equal((93.5, 96), (scale.Scale.Low, scale.Scale.High));
        Assert.True(scale.IsBroken);
    }

    [Fact]
    public void A_scale_that_reaches_all_cells_is_whole()
    {
        var scale = Scale("test_accuracy", [0.8, 0.85, 0.9, 0.95]);

        Assert.False(scale.IsBroken);
        Assert.Equal((80, 95), (scale.Scale.Low, scale.Scale.High));
        Assert.Equal(["light: better, dark: worse"], scale.Notes());
    }

    [Fact]
    public void Small_losses_are_light_as_large_accuracies_are()
    {
        var (accuracy, loss) = (
            Scale("test_accuracy", [0.8, 0.85, 0.9, 0.95]),
            Scale("test_loss", [0.9, 0.85, 0.8, 0.75])
        );

        Assert.Equal(accuracy.Of(95), loss.Of(0.75));
        Assert.Equal(Viridis.At(1), loss.Of(0.75));
        Assert.Equal(Viridis.At(0), loss.Of(0.9));
    }

    [Fact]
    public void The_loss_of_a_cell_that_learned_nothing_lies_beyond_the_scale_whatever_it_is()
    {
        // Its accuracy, not its loss, says that it didn't train.
        var scale = Scale("test_loss", [2.3, 0.3, 0.2, 0.1], accuracy: [0.4, 0.95, 0.96, 0.97]);

        Assert.True(scale.IsBroken);
        Assert.Equal("> 0.3", scale.Beyond);
        Assert.Equal(Viridis.At(0), scale.Of(2.3));
    }

    [Fact]
    public void Where_no_cell_trains_all_are_on_the_scale() =>
        Assert.False(Scale("test_accuracy", [0.1, 0.4, 0.5]).IsBroken);

    [Fact]
    public void Equal_cells_do_not_leave_the_scale_without_room()
    {
        var scale = Scale("test_accuracy", [0.3, 1, 1, 1]);

        Assert.Equal((40, 100), (scale.Scale.Low, scale.Scale.High));
        Assert.True(scale.IsBroken);
    }

    [Fact]
    public void Cells_that_cannot_be_told_apart_from_the_best_are_bold_as_in_the_tables()
    {
        var svg = Reporter.Render(Studies.Grid, [], new Dictionary<string, string>(StringComparer.Ordinal))[
            "accuracy.svg"
        ];

        var root = SvgTests.Parse(svg).Root!;
        var bold = root.Elements(root.Name.Namespace + "text")
            .Where(text => text.Attribute("class")?.Value.Contains("plot-near", StringComparison.Ordinal) == true);
        Assert.Equal(["96.9"], bold.Select(text => text.Value));
        Assert.Contains("bold, in the best one's colour: can't be told apart from it", Texts(root));
    }

    private static HeatScale Scale(string metric, double[] values, double[]? accuracy = null)
    {
        var tables = OneAxis.Of(metric, [.. values.Select(value => new Estimate(value, null, null))], accuracy);
        return new(tables, new(tables, metric), new(tables));
    }

    private static IEnumerable<string> Texts(XElement root) =>
        root.Elements(root.Name.Namespace + "text").Select(text => text.Value);
}
