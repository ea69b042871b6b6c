using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>
/// Studies of one axis and one metric besides the test accuracy. Of the ten test rows four are of the largest class: chance is 0.4, and a
/// cell trains above 0.7, half of the way from there to 1.
/// </summary>
internal static class OneAxis
{
    /// <summary>Which of the test rows a run got right: none.</summary>
    public static readonly string Rows = CorrectRows.Write(new bool[10], [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);

    /// <summary>A study with a cell an estimate; test accuracies are given, or are what is estimated.</summary>
    public static StudyTables Of(string metric, Estimate[] values, double[]? accuracy = null)
    {
        var axis = new Axis("cell", [.. values.Select((_, i) => Scalar.Of($"c{i}"))]);
        return Studies.Line with
        {
            Plan = Studies.Line.Plan with { Scientific = [axis] },
            Metrics = metric == Plot.DefaultMetric ? [metric] : [Plot.DefaultMetric, metric],
            Runs =
            [
                Studies.Line.Runs[0] with
                {
                    Values = [axis.Values[0]],
                    Metrics = metric == Plot.DefaultMetric ? [0] : [0, 0],
                    Correct = Rows,
                },
            ],
            Cells =
            [
                .. values.Select(
                    (value, i) =>
                        Studies.Line.Cells[0] with
                        {
                            Values = [axis.Values[i]],
                            Metrics =
                                metric == Plot.DefaultMetric
                                    ? [value]
                                    : [accuracy is null ? value : new(accuracy[i], null, null), value],
                        }
                ),
            ],
        };
    }
}
