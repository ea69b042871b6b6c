using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed class AccuracyTests
{
    [Fact]
    public void Cells_of_several_test_sets_are_ranked_within_theirs()
    {
        var page = Page(TwoDataSets);

        Assert.Contains(
            """
            **Best cells.** Cells are compared with those that are tested by the same rows.

            | tested on | best cell | test accuracy, % | not told apart | of cells |
            | --- | --- | ---: | ---: | ---: |
            | `wine` | `dataset=wine` `activation=tanh` | 97.5 ± 1.0 | 1 | 2 |
            | `digits` | `dataset=digits` `activation=relu` | 60.0 ± 1.0 | 2 | 2 |

            """,
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("| `wine` | 95.0 ± 1.0 | **97.5 ± 1.0** |", page, StringComparison.Ordinal);
        Assert.Contains("| `digits` | **60.0 ± 1.0** | **40.0 ± 1.0** |", page, StringComparison.Ordinal);
        Assert.Contains("### Ten best cells of each test set", page, StringComparison.Ordinal);
        Assert.Contains("Tested on `digits`:\n\n| `dataset` |", page, StringComparison.Ordinal);
        Assert.DoesNotContain("**Best cell.**", page, StringComparison.Ordinal);
        Assert.Contains("![Test accuracy, %: values from 40.0 to 97.5](accuracy.svg)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_names_no_best_cell_of_several_test_sets() =>
        Assert.Equal(("", ""), (IndexEntry.Of(TwoDataSets).Best, IndexEntry.Of(TwoDataSets).BestAccuracy));

    [Fact]
    public void Where_every_run_diverged_there_is_no_best_cell()
    {
        var tables = Studies.Grid with
        {
            Runs = [.. Studies.Grid.Runs.Select(run => run with { Outcome = RunOutcome.Diverged })],
            Cells =
            [
                .. Studies.Grid.Cells.Select(cell =>
                    cell with
                    {
                        Diverged = cell.Runs,
                        BelowBest = null,
                        Metrics = [new(0, null, null), new(null, null, null), new(0, null, null)],
                    }
                ),
            ],
        };

        var page = Page(tables);

        Assert.Contains("**Result.** Every run diverged, so there is no best cell.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Best cell", page, StringComparison.Ordinal);
        Assert.DoesNotContain("est cells", page, StringComparison.Ordinal);
        Assert.DoesNotContain("told apart", page, StringComparison.Ordinal);
        Assert.DoesNotContain("**diverged**", page, StringComparison.Ordinal);
        Assert.Equal(("", ""), (IndexEntry.Of(tables).Best, IndexEntry.Of(tables).BestAccuracy));
    }

    [Fact]
    public void Two_seeds_tell_no_cell_from_the_best()
    {
        var page = Page(
            Studies.Grid with
            {
                Cells = [.. Studies.Grid.Cells.Select(cell => cell with { BelowBest = null })],
            }
        );

        Assert.Contains(
            "The 11 cells can't be told apart: fewer than three seeds decide nothing.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("| **32.5 ± 0.8 †1** |", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.95, 0.94, 0.96, "95.0 ± 1.0")]
    [InlineData(1.0, 0.9797, 1.0, "100.0 (98.0 to 100.0)")]
    [InlineData(0.98, 0.93, 0.9976, "98.0 (93.0 to 99.8)")]
    [InlineData(0.95, 0.95, 0.95, "95.0 ± 0.0")]
    [InlineData(0.95, null, null, "95.0")]
    public void An_interval_that_is_uneven_is_shown_by_its_ends(double mean, double? low, double? high, string expected)
    {
        var tables = Single(cell => cell with { Metrics = [new(mean, low, high), .. cell.Metrics.Skip(1)] });

        Assert.Equal(expected, new Accuracy(tables).Percent(tables.Cells[0]));
        Assert.Equal(expected, new CellMetric(tables, "test_accuracy").Told(tables.Cells[0]));
    }

    [Fact]
    public void A_best_cell_whose_mean_rests_on_diverged_runs_is_marked()
    {
        var tables = Single(cell => cell with { Diverged = 1 });

        Assert.Contains("**Result.** A test accuracy of 87.5 ± 0.8 †1 %.", Page(tables), StringComparison.Ordinal);
        Assert.Equal("87.5 ± 0.8 †1", IndexEntry.Of(tables).BestAccuracy);
    }

    private static StudyTables TwoDataSets { get; } =
        Studies.Line with
        {
            Plan = Studies.Line.Plan with
            {
                Scientific =
                [
                    new("dataset", [Scalar.Of("wine"), Scalar.Of("digits")]),
                    new("activation", [Scalar.Of("relu"), Scalar.Of("tanh")]),
                ],
                Seeds = [0, 1, 2],
            },
            Runs = [],
            Cells =
            [
                Cell("wine", "relu", 0.95, 0.001),
                Cell("wine", "tanh", 0.975, null),
                Cell("digits", "relu", 0.6, null),
                Cell("digits", "tanh", 0.4, 0.03),
            ],
        };

    private static CellRow Cell(string data, string activation, double mean, double? belowBest) =>
        Studies.Line.Cells[0] with
        {
            Values = [Scalar.Of(data), Scalar.Of(activation)],
            Runs = 3,
            Metrics = [new(mean, mean - 0.01, mean + 0.01), new(1, 1, 1), new(mean, mean, mean)],
            BelowBest = belowBest,
        };

    private static StudyTables Single(Func<CellRow, CellRow> change) =>
        Studies.Point with
        {
            Cells = [change(Studies.Point.Cells[0])],
        };

    private static string Page(StudyTables tables) =>
        Encoding.UTF8.GetString(
            Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal))["README.md"]
        );
}
