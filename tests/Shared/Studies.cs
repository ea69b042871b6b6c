using Pipeline.Artifacts;

namespace Pipeline.Tests;

/// <summary>Small studies with made-up numbers.</summary>
internal static class Studies
{
    private static readonly string[] Metrics = ["test_accuracy", "test_loss", "validation_accuracy"];

    /// <summary>
    /// Three scientific axes, one of their twelve cells excluded; two nuisance axes; runs that diverged. The best cell is told apart from
    /// all others.
    /// </summary>
    public static StudyTables Grid { get; } =
        ToldApart(
            new()
            {
                Study = "grid",
                Title = "Activation × initialization | normalization",
                Question = "Which <combinations> train a *deep* perceptron?",
                Source = "Training neural networks, \"Better activations\"",
                Default = true,
                Fixed = Fixed(
                    ("batch_size", Scalar.Of(64L)),
                    ("model.kind", Scalar.Of("mlp")),
                    ("optimizer.nesterov", Scalar.Of(false)),
                    ("preprocessing", Scalar.Of("standardize"))
                ),
                Scientific =
                [
                    Axis("activation", "leaky_relu", "tanh", "sigmoid"),
                    Axis("initialization", "he_normal", "normal(0.01)"),
                    Axis("normalization", "none", "batch"),
                ],
                Nuisance =
                [
                    new("learning_rate", [Scalar.Of(0.01), Scalar.Of(0.1), Scalar.Of(1L)]),
                    new("optimizer.weight_decay", [Scalar.Of(0L), Scalar.Of(1e-5)]),
                ],
                Seeds = [1, 2],
                Trials = [],
            },
            cells: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11],
            accuracy: cell => cell < 2 ? 0.96875 - (cell / 256.0) : 0.9 - (cell / 16.0),
            chosen: cell =>
                cell % 4 == 0 ? 0
                : cell % 4 == 1 ? 5
                : 3,
            diverged: cell =>
                cell == 4 ? 1
                : cell == 11 ? 2
                : 0
        );

    /// <summary>One scientific axis, no nuisance axis, one seed.</summary>
    public static StudyTables Line { get; } =
        Tables(
            new()
            {
                Study = "line",
                Title = "Depth",
                Fixed = Fixed(("batch_size", Scalar.Of(64L))),
                Scientific = [new("model.depth", [Scalar.Of(1L), Scalar.Of(2L), Scalar.Of(4L)])],
                Nuisance = [],
                Seeds = [7],
                Trials = [],
            },
            cells: [0, 1, 2],
            accuracy: cell => 0.75 + (Math.Min(cell, 1) / 8.0),
            chosen: _ => 0,
            diverged: _ => 0
        );

    /// <summary>No scientific axis.</summary>
    public static StudyTables Point { get; } =
        Tables(
            new()
            {
                Study = "point",
                Title = "A single perceptron",
                Partial = true,
                Fixed = Fixed(("batch_size", Scalar.Of(64L))),
                Scientific = [],
                Nuisance = [new("learning_rate", [Scalar.Of(0.01), Scalar.Of(0.1)])],
                Seeds = [1, 2],
                Trials = [],
            },
            cells: [0],
            accuracy: _ => 0.875,
            chosen: _ => 1,
            diverged: _ => 0
        );

    /// <summary>A study of which no run completed: there are no metrics.</summary>
    public static StudyTables Diverged { get; } =
        Line with
        {
            Plan = Line.Plan with { Study = "diverged", Title = "Nothing but divergence" },
            Metrics = [],
            Runs = [.. Line.Runs.Select(run => run with { Outcome = RunOutcome.Diverged, Steps = 1, Metrics = [] })],
            Cells = [.. Line.Cells.Select(cell => cell with { Diverged = 1, Metrics = [] })],
        };

    /// <summary>The plan of a study whose every trial was run, with its trials.</summary>
    public static Plan WithTrials(StudyTables tables)
    {
        var nuisance = tables.Plan.Nuisance.Aggregate(1, (product, axis) => product * axis.Values.Count);
        return tables.Plan with
        {
            Trials = [.. tables.Cells.SelectMany(cell => Enumerable.Range(Number(cell) * nuisance, nuisance))],
        };

        int Number(CellRow cell) =>
            tables
                .Plan.Scientific.Zip(cell.Values)
                .Aggregate(
                    0,
                    (number, axis) =>
                        (number * axis.First.Values.Count) + axis.First.Values.ToList().IndexOf(axis.Second)
                );
    }

    private static Axis Axis(string key, params string[] values) => new(key, [.. values.Select(Scalar.Of)]);

    private static Parameters Fixed(params (string Key, Scalar Value)[] entries) =>
        Parameters.Of(entries.Select(e => KeyValuePair.Create(e.Key, e.Value)));

    private static StudyTables ToldApart(
        Plan plan,
        int[] cells,
        Func<int, double> accuracy,
        Func<int, int> chosen,
        Func<int, int> diverged
    )
    {
        var tables = Tables(plan, cells, accuracy, chosen, diverged);
        return tables with
        {
            Cells = [.. tables.Cells.Select((cell, i) => i == 0 ? cell : cell with { BelowBest = 0.001 })],
        };
    }

    private static StudyTables Tables(
        Plan plan,
        int[] cells,
        Func<int, double> accuracy,
        Func<int, int> chosen,
        Func<int, int> diverged
    )
    {
        var nuisance = plan.Nuisance.Aggregate(1, (product, axis) => product * axis.Values.Count);
        plan = plan with { Trials = [.. cells.SelectMany(cell => Enumerable.Range(cell * nuisance, nuisance))] };
        return new()
        {
            Plan = plan with { Trials = [] },
            Metrics = Metrics,
            Runs =
            [
                .. plan.Runs()
                    .Select(run => Run(plan, run, accuracy(plan.Cell(run.Trial)), diverged(plan.Cell(run.Trial)))),
            ],
            Cells =
            [
                .. cells.Select(cell => Cell(plan, (cell * nuisance) + chosen(cell), accuracy(cell), diverged(cell))),
            ],
        };
    }

    private static RunRow Run(Plan plan, PlannedRun run, double accuracy, int diverged)
    {
        var isDiverged = plan.Seeds.ToList().IndexOf(run.Seed) < diverged;
        return new()
        {
            Run = run.Id,
            Values = Values(plan, run.Trial),
            Seed = run.Seed,
            Outcome = isDiverged ? RunOutcome.Diverged : RunOutcome.Completed,
            Steps = isDiverged ? 10 + run.Seed : 420,
            Metrics = isDiverged
                ? [null, null, null]
                : [accuracy - (run.Seed / 1024.0), 1 / (accuracy + run.Seed), accuracy],
        };
    }

    private static CellRow Cell(Plan plan, int trial, double accuracy, int diverged)
    {
        var values = Values(plan, trial);
        var half = plan.Seeds.Count > 1 ? 1 / 128.0 : (double?)null;
        var mean = accuracy * (plan.Seeds.Count - diverged) / plan.Seeds.Count;
        var loss = diverged == 0 ? 1 / mean : (double?)null;
        return new()
        {
            Values = [.. values.Take(plan.Scientific.Count)],
            Chosen = [.. values.Skip(plan.Scientific.Count)],
            AtEdge =
            [
                .. plan.Nuisance.Select(
                    (axis, i) =>
                        axis.Values.Count > 2
                        && (
                            values[plan.Scientific.Count + i] == axis.Values[0]
                            || values[plan.Scientific.Count + i] == axis.Values[^1]
                        )
                ),
            ],
            Runs = plan.Seeds.Count,
            Diverged = diverged,
            Metrics =
            [
                new(mean, mean - half, mean + half),
                new(loss, loss - half, loss + half),
                new(mean, mean - half, mean + half),
            ],
        };
    }

    private static Scalar[] Values(Plan plan, int trial) =>
        [.. plan.Axes().Zip(plan.Coordinates(trial), (axis, position) => axis.Values[position])];
}
