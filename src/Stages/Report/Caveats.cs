using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>What a page says of the rows that its numbers rest on.</summary>
internal static class Caveats
{
    private const string SplitSeed = "split.seed";

    /// <summary>How many rows test, a sentence; empty where no run knows them.</summary>
    public static string TestRows(StudyTables tables)
    {
        var axes = tables.Plan.Axes();
        var counts = tables
            .Runs.Where(run => run.Correct is not null)
            .GroupBy(run => TestSet.Of(axes, run.Values), StringComparer.Ordinal)
            .Select(set =>
                (set.Key, Rows: Markdown.Count(CorrectRows.Read(set.First().Correct!).Sum(rows => rows.Length)))
            )
            .ToArray();
        if (counts.Length == 0)
            return "";
        var shown =
            counts.Length == 1
                ? counts[0].Rows
                : string.Join(", ", counts.Select(count => $"{count.Rows} ({Markdown.Code(count.Key)})"));
        var seed = tables.Plan.Fixed.TryGet(SplitSeed, out var value) ? $" ({Markdown.Code(SplitSeed)} {value})" : "";
        return $"Test rows: {shown}, the same for every run, drawn once{seed} unless the data come with a test split.";
    }

    /// <summary>Which training rows an epoch leaves out, a sentence; empty where no run completed or its parameters are compared.</summary>
    public static string Batches(StudyTables tables)
    {
        const string Rest =
            "Training rows that fill no batch, other ones in each epoch, are left out of it: the incomplete last batch is dropped.";
        return
            !tables.Plan.Fixed.TryGet("batch_size", out var size)
            || !tables.Plan.Fixed.TryGet("epochs", out var epochs)
            // Runs that stop early, or train epochs again, take other numbers of steps than so many epochs do.
            || tables.Metrics.Any(metric => StopMetrics.Contain(metric) || metric == PlainMetric.Restarts)
            || tables
                .Runs.Where(run => run.Outcome == RunOutcome.Completed)
                .Select(run => run.Steps)
                .Distinct()
                .ToArray()
                is not [var steps]
            ? Rest
            : $"An epoch has {Batches((int)(steps / epochs.ToDouble()))} of {size} rows. {Rest}";

        static string Batches(int count) => $"{Markdown.Count(count)} {(count == 1 ? "batch" : "batches")}";
    }

    /// <summary>Whether the page shows, or a claim compares, a number that training measures as it goes.</summary>
    public static bool HasTraining(StudyTables tables) =>
        tables.Curves.Any(curve => IsTraining(curve.Curve))
        || tables.Plan.Claims.Any(claim => IsTraining(claim.Metric))
        || (tables.Plan.Plots ?? []).Any(plot => IsTraining(plot.ToString()));

    private static bool IsTraining(string name) => name.Contains("train_", StringComparison.Ordinal);
}
