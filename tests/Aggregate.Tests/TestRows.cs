using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>Runs of which it is known what test rows they got right.</summary>
internal static class TestRows
{
    /// <summary>A run a seed.</summary>
    /// <param name="correct">For each seed, whether each row is right.</param>
    /// <param name="labels">The class of each row.</param>
    public static ArraySegment<RunRow> Runs(bool[][] correct, int[] labels) =>
        Array.ConvertAll(correct, rows => Run(Share(rows), CorrectRows.Write(rows, labels)));

    /// <summary>A completed run with these rows.</summary>
    public static RunResult Result(bool[] correct, int[] labels)
    {
        var result = Claims.Tested(Share(correct));
        return result with { Correct = CorrectRows.Write(correct, labels) };
    }

    public static double Share(bool[] rows) => (double)rows.Count(isRight => isRight) / rows.Length;

    public static double[] Shares(bool[][] seeds) => Array.ConvertAll(seeds, Share);

    /// <summary>What is compared where two cells are tested by the same rows.</summary>
    public static PairedSample Pairs(bool[][] left, bool[][] right, int[] labels) =>
        PairedSample.Of(
            Shares(left),
            Shares(right),
            RowTerm.OfAccuracy(Runs(left, labels)),
            RowTerm.OfAccuracy(Runs(right, labels)).Negated()
        );

    /// <summary>Rows that are right with a probability that depends on the row, the seed and chance.</summary>
    public static bool[][] Random(Random random, int seeds, int rows)
    {
        double[] ofRow = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        double[] ofSeed = [.. Enumerable.Range(0, seeds).Select(_ => random.NextDouble() / 2)];
        return Array.ConvertAll(ofSeed, seed => Array.ConvertAll(ofRow, row => random.NextDouble() < row + seed));
    }

    /// <summary>Labels of classes of these sizes, one class after the other.</summary>
    public static int[] Labels(params int[] sizes) =>
        [.. sizes.SelectMany((size, number) => Enumerable.Repeat(number, size))];

    private static RunRow Run(double accuracy, string? correct) =>
        new()
        {
            Run = "96923aa5c40e",
            Values = [],
            Seed = 0,
            Outcome = RunOutcome.Completed,
            Steps = 1,
            Metrics = [accuracy],
            Correct = correct,
        };
}
