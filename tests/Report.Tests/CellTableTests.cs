using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>The cells on a study's page.</summary>
public sealed class CellTableTests
{
    [Fact]
    public void An_edge_is_a_warning_only_of_cells_that_train()
    {
        Assert.Contains(
            "`learning_rate=0.01` in 3 of 11 cells",
            Tables(Studies.Grid).EdgeWarnings(),
            StringComparison.Ordinal
        );

        // The accuracies at this edge are 0.97, half of 0.65 and 0.4; above 0.7 a cell trains.
        var tables = Studies.Grid with
        {
            Runs = [.. Studies.Grid.Runs.Select(run => run with { Correct = OneAxis.Rows })],
        };

        Assert.Contains(
            "`learning_rate=0.01` in 1 of 11 cells",
            Tables(tables).EdgeWarnings(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_not_run_yet_has_its_place_in_the_table()
    {
        var tables = Studies.Grid with { Cells = [.. Studies.Grid.Cells.Take(1)] };

        Assert.DoesNotContain("| `tanh`", Tables(tables).Overview(), StringComparison.Ordinal);
        Assert.Contains(
            "| `tanh` | — | — |",
            Tables(tables with { Plan = tables.Plan with { SoFar = new(132, []) } }).Overview(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Cells_that_are_best_alike_are_named_with_their_intervals()
    {
        var tables = OneAxis.Of("test_accuracy", [new(0.9, 0.8, 1), new(0.9, 0.88, 0.92), new(0.5, 0.4, 0.6)]);

        Assert.Equal("`cell=c0`: 90.0 ± 10.0 %; `cell=c1`: 90.0 ± 2.0 %", Ties(tables));
    }

    [Fact]
    public void Few_cells_that_cannot_be_told_apart_are_all_named_with_their_intervals()
    {
        var tables = OneAxis.Of("test_accuracy", [new(0.9, 0.8, 1), new(0.89, 0.88, 0.9), new(0.5, 0.4, 0.6)]);
        tables = tables with
        {
            Plan = tables.Plan with { Seeds = [0, 1, 2, 3, 4] },
            Cells = [.. tables.Cells.Select((cell, i) => cell with { Runs = 5, BelowBest = i == 2 ? 0.001 : null })],
        };

        Assert.Equal("`cell=c0`: 90.0 ± 10.0 %; `cell=c1`: 89.0 ± 1.0 %", Ties(tables));
    }

    [Fact]
    public void Of_many_that_are_alike_three_are_named() =>
        Assert.Equal(
            "`cell=c0`: 90.0 %; `cell=c1`: 90.0 %; `cell=c2`: 90.0 %; and 2 with the same mean",
            Ties(OneAxis.Of("test_accuracy", [.. Enumerable.Repeat(new Estimate(0.9, null, null), 5)]))
        );

    [Fact]
    public void Metrics_that_the_study_asks_for_stand_beside_the_accuracy()
    {
        var tables = OneAxis.Of("test_macro_f1", [new(0.875, 0.75, 1)], [0.9]);

        Assert.Equal(
            """
            | `cell` | test accuracy | test_macro_f1 | runs | diverged |
            | --- | ---: | ---: | ---: | ---: |
            | `c0` | **90.0** | 0.875 ± 0.12 | 1 | 0 |

            """,
            Tables(tables).List(tables.Cells).Replace("\\_", "_", StringComparison.Ordinal)
        );
        Assert.False(Tables(Studies.Grid).HasMetrics);
    }

    [Fact]
    public void Over_two_axes_every_cell_with_every_metric_stands_in_a_folded_table()
    {
        var tables = Studies.Grid with { Metrics = ["test_accuracy", "test_top(3)", "validation_accuracy"] };

        Assert.Contains("<summary>All cells with every metric: 11</summary>", Page(tables), StringComparison.Ordinal);
        Assert.DoesNotContain("every metric", Page(Studies.Grid), StringComparison.Ordinal);
    }

    private static CellTables Tables(StudyTables tables) => new(tables, new(tables));

    private static string Ties(StudyTables tables) => Tables(tables).Ties(new Accuracy(tables).Sets[0]);

    private static string Page(StudyTables tables) =>
        System.Text.Encoding.UTF8.GetString(
            Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal))["README.md"]
        );
}
