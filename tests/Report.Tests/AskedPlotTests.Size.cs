using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <content>What is asked for stays small, and can be told apart.</content>
public sealed partial class AskedPlotTests
{
    [Fact]
    public void Plots_that_are_asked_for_are_whole_and_small() =>
        Assert.All(
            Render(Asked(Everything, Kinds)).Where(file => file.Key.EndsWith(".svg", StringComparison.Ordinal)),
            file =>
            {
                Assert.InRange(file.Value.Length, 1000, 32_768);
                AssertWhole(file.Key, file.Value);
            }
        );

    [Fact]
    public void Many_long_curves_stay_small()
    {
        double?[] mean = [.. Enumerable.Range(0, 1000).Select(epoch => (double?)(1 + (epoch % 7)))];
        var tables = Many(12, i => new(i, null, null)) with
        {
            Curves =
            [
                .. Enumerable
                    .Range(0, 12)
                    .Select(cell => new CurveRow
                    {
                        Cell = cell,
                        Curve = "validation_loss",
                        Mean = mean,
                        Half = mean,
                        Runs = [.. mean.Select(_ => 2)],
                    }),
            ],
        };

        Assert.InRange(
            Render(Asked(tables, [Plot(PlotKind.Curves, ["validation_loss"], "many")]))[
                "curves-validation-loss-by-many.svg"
            ].Length,
            1000,
            32_768
        );
        Assert.InRange(
            Render(Asked(tables, [Plot(PlotKind.Curves, ["validation_loss"])]))["curves-validation-loss.svg"].Length,
            1000,
            32_768
        );
    }

    [Fact]
    public void Curves_that_would_be_too_coarse_to_tell_how_they_run_are_left_out()
    {
        double?[] mean = [.. Enumerable.Range(0, 30).Select(epoch => (double?)(1 + (epoch % 7)))];
        string[] twelve = [.. Enumerable.Range(0, 12).Select(i => $"v{i}")];
        var tables = Many(144, i => new(i, null, null));
        tables = tables with
        {
            Plan = tables.Plan with
            {
                Scientific = [new("many", [.. twelve.Select(Scalar.Of)]), new("more", [.. twelve.Select(Scalar.Of)])],
            },
            Cells =
            [
                .. tables.Cells.Select(
                    (cell, i) => cell with { Values = [Scalar.Of(twelve[i / 12]), Scalar.Of(twelve[i % 12])] }
                ),
            ],
            Runs =
            [
                .. tables.Runs.Select(run =>
                    run with
                    {
                        Values = [Scalar.Of("v0"), Scalar.Of("v0"), .. run.Values.Skip(3)],
                    }
                ),
            ],
            Curves =
            [
                .. Enumerable
                    .Range(0, 144)
                    .Select(cell => new CurveRow
                    {
                        Cell = cell,
                        Curve = "train_loss",
                        Mean = mean,
                        Half = mean,
                        Runs = [.. mean.Select(_ => 2)],
                    }),
            ],
        };

        var files = Render(Asked(tables, [Plot(PlotKind.Curves, ["train_loss"], "many")]));

        Assert.DoesNotContain("curves-train-loss-by-many.svg", files.Keys);
        Assert.Contains(
            "144 lines in 12 panels are too many to show how they run.",
            Page(files),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_many_lines_the_best_and_the_worst_are_drawn_in_every_panel()
    {
        var tables = Many(14, i => new(1 - (i / 20.0), null, null));
        tables = tables with
        {
            Curves =
            [
                .. Enumerable
                    .Range(0, 14)
                    .Select(cell => new CurveRow
                    {
                        Cell = cell,
                        Curve = "train_loss",
                        Mean = [2, 1],
                        Half = [null, null],
                        Runs = [1, 1],
                    }),
            ],
        };

        var files = Render(Asked(tables, [Plot(PlotKind.Curves, ["train_loss"], "activation")]));

        Assert.Contains(
            "Of 14 lines the best with each value of each axis, 11 at most, and the worst of all.",
            Page(files),
            StringComparison.Ordinal
        );
        var texts = Texts(files["curves-train-loss-by-activation.svg"]);
        Assert.Equal(["v0", "v10", "v13"], new[] { "v0", "v10", "v11", "v13" }.Where(texts.Contains));
    }
}
