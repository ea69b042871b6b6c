using System.Xml.Linq;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>Validation accuracy by tuned values.</summary>
public sealed class TuningFigureTests
{
    private static readonly Axis Rates = new("learning_rate", [Scalar.Of(0.01), Scalar.Of(0.1), Scalar.Of(1L)]);

    [Fact]
    public void A_line_a_cell_has_a_ring_at_the_value_that_was_chosen()
    {
        var figure = Assert.Single(Figures(Tables(Rates)).Figures);

        Assert.Equal("tuned-learning-rate.svg", figure.File);
        Assert.Equal("Validation accuracy by learning_rate, %: chosen from 0.01 to 0.1", figure.Alternative);
        var root = SvgTests.Parse(figure.Svg).Root!;
        // Means over the seeds, of the second cell of a run that diverged and one at 80 %.
        Assert.Equal("relu: 95 at 0.1; tanh: 40 at 0.01", root.Element(root.Name.Namespace + "desc")!.Value);
        Assert.Equal(2, Elements(root, "circle").Length);
        var dots = Elements(root, "path").Where(path => Class(path).StartsWith("plot-dots", StringComparison.Ordinal));
        Assert.All(dots, path => Assert.Equal(4, path.Attribute("d")!.Value.Split('M').Length));
        // 0.01, 0.1 and 1 are equally far apart.
        var ticks = Elements(root, "text").Where(text => text.Value is "10⁻²" or "10⁻¹" or "10⁰").Select(X).ToArray();
        Assert.Equal(ticks[1] - ticks[0], ticks[2] - ticks[1], 0.11);
    }

    [Fact]
    public void What_lies_far_below_the_chosen_values_of_cells_that_train_does_not_take_their_room()
    {
        // Above 0.7 a cell trains; the second, at 40 %, doesn't.
        var tables = Tables(Rates);
        tables = tables with
        {
            Runs = [.. tables.Runs.Select(run => run with { Correct = OneAxis.Rows })],
            Metrics = ["test_accuracy", "validation_accuracy"],
            Cells =
            [
                .. tables.Cells.Select((cell, i) => cell with { Metrics = [new(i == 0 ? 0.95 : 0.4, null, null)] }),
            ],
        };
        tables = tables with { Runs = [.. tables.Runs.Select(run => run with { Metrics = [null, .. run.Metrics] })] };

        var root = SvgTests.Parse(Assert.Single(Figures(tables).Figures).Svg).Root!;

        string[] texts = [.. Elements(root, "text").Select(text => text.Value)];
        Assert.Contains("Below 90 % lines run along the lower edge.", texts);
        Assert.Equal(["90", "95"], texts.Where(text => text is "0" or "10" or "50" or "90" or "95"));
    }

    [Fact]
    public void A_choice_between_words_or_of_one_number_has_no_picture()
    {
        Assert.Empty(
            Figures(Tables(new("schedule", [Scalar.Of("constant"), Scalar.Of("cosine"), Scalar.Of("x")]))).Figures
        );
        Assert.Empty(Figures(Studies.Line).Figures);
        Assert.DoesNotContain("ring", Page(Studies.Line), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_shows_it_whatever_plots_are_asked_for() =>
        Assert.Contains(
            "](tuned-learning-rate.svg)",
            Page(Tables(Rates) with { Plan = Tables(Rates).Plan with { Plots = [] } }),
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_several_tuned_axes_the_others_are_as_chosen()
    {
        var figures = Figures(Studies.Grid).Figures;

        Assert.Equal(
            ["tuned-learning-rate.svg", "tuned-optimizer-weight-decay.svg"],
            figures.Select(figure => figure.File)
        );
    }

    private static (IReadOnlyList<Figure> Figures, string Choice) Figures(StudyTables tables) =>
        TuningFigures.Of(tables, new(tables));

    private static StudyTables Tables(Axis tuned)
    {
        var activations = new Axis("activation", [Scalar.Of("relu"), Scalar.Of("tanh")]);
        double[][] accuracies =
        [
            [0.9, 0.95, 0.1],
            [0.8, 0.3, 0.1],
        ];
        return Studies.Grid with
        {
            Plan = Studies.Grid.Plan with { Scientific = [activations], Nuisance = [tuned] },
            Metrics = ["validation_accuracy"],
            Runs =
            [
                .. from cell in new[] { 0, 1 }
                from value in new[] { 0, 1, 2 }
                from seed in new[] { 0, 1 }
                select new RunRow
                {
                    Run = $"{cell}{value}{seed}",
                    Values = [activations.Values[cell], tuned.Values[value]],
                    Seed = seed,
                    Outcome = cell == 1 && seed == 1 ? RunOutcome.Diverged : RunOutcome.Completed,
                    Steps = 1,
                    Metrics = [cell == 1 && seed == 1 ? null : accuracies[cell][value]],
                },
            ],
            Cells =
            [
                .. new[] { 0, 1 }.Select(cell =>
                    Studies.Grid.Cells[0] with
                    {
                        Values = [activations.Values[cell]],
                        Chosen = [tuned.Values[1 - cell]],
                        AtEdge = [false],
                        Metrics = [new(0.9, null, null)],
                    }
                ),
            ],
        };
    }

    private static string Page(StudyTables tables) =>
        System.Text.Encoding.UTF8.GetString(
            Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal))["README.md"]
        );

    private static XElement[] Elements(XElement root, string name) => [.. root.Elements(root.Name.Namespace + name)];

    private static string Class(XElement element) => element.Attribute("class")?.Value ?? "";

    private static double X(XElement element) =>
        double.Parse(element.Attribute("x")!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
