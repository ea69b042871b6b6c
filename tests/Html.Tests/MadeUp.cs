using Pipeline.Artifacts;

namespace Pipeline.Html.Tests;

/// <summary>Studies with made-up numbers: losses that fall and accuracies that rise, with noise.</summary>
internal static class MadeUp
{
    private static readonly string[] Metrics =
    [
        "probe(dead_share,mean,last)",
        "test_accuracy",
        "test_loss",
        "validation_accuracy",
    ];
    private static readonly string[] CurveNames =
    [
        "train_accuracy",
        "train_loss",
        "validation_accuracy",
        "validation_loss",
    ];

    /// <summary>24 cells of three axes, two learning rates, three seeds; the cells of the last activation diverge; two claims.</summary>
    public static StudyTables Small { get; } =
        Tables(
            "small",
            [
                Axis("activation", "relu", "gelu", "tanh", "sigmoid"),
                Axis("initialization", "he_normal", "normal(0.01)", "zeros"),
                Axis("normalization", "none", "batch"),
            ],
            [new("learning_rate", [Scalar.Of(0.01), Scalar.Of(0.1)])],
            seeds: 3
        );

    /// <summary>5,000 runs: 500 cells, two learning rates, five seeds; probes in eight layers of 100 of the cells.</summary>
    public static StudyTables Large { get; } =
        Tables(
            "large",
            [Numbered("activation", 10), Numbered("initialization", 10), Numbered("normalization", 5)],
            [new("learning_rate", [Scalar.Of(0.01), Scalar.Of(0.1)])],
            seeds: 5
        ) with
        {
            Layers = MadeUpLayers.Of(cells: 100, depth: _ => 8),
        };

    /// <summary>Eight cells of two axes; probes in two layers of each where the depth is 1, in five where it is 4.</summary>
    public static StudyTables Probed { get; } =
        Tables(
            "probed",
            [Axis("activation", "relu", "gelu", "tanh", "elu"), Axis("model.depth", "1", "4")],
            [],
            seeds: 3
        ) with
        {
            Layers = MadeUpLayers.Of(cells: 8, depth: cell => cell % 2 == 0 ? 2 : 5),
        };

    /// <summary>One cell, one run.</summary>
    public static StudyTables Point { get; } = Tables("point", [], [], seeds: 1);

    /// <summary>One axis, whose runs all diverged at once: no metric, no curve.</summary>
    public static StudyTables Diverged { get; } =
        WithoutNumbers(Tables("diverged", [Numbered("model.depth", 3)], [], seeds: 2));

    /// <summary>A study whose texts would be a program if they were read as HTML.</summary>
    public static StudyTables Hostile { get; } =
        Point with
        {
            Plan = Point.Plan with
            {
                Study = "hostile\"><script>window.broken=1</script>",
                Title = "<img src=x onerror='window.broken=1'>",
                Question = "</script><b>bold</b>",
            },
        };

    /// <summary>The curves of each run, of 50 epochs.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, double[]>> Curves(StudyTables tables)
    {
        var noise = new Random(1);
        return
        [
            .. tables.Runs.Select(run =>
                tables.Metrics.Count == 0
                    ? new()
                    : CurveNames.ToDictionary(
                        name => name,
                        name =>
                            Enumerable
                                .Range(1, run.Outcome == RunOutcome.Diverged ? run.Steps : 50)
                                .Select(epoch => Value(name, epoch, noise))
                                .ToArray(),
                        StringComparer.Ordinal
                    )
            ),
        ];
    }

    private static double Value(string name, int epoch, Random noise)
    {
        var loss = (2.3 / epoch) + (noise.NextDouble() * 0.1);
        return name.EndsWith("_loss", StringComparison.Ordinal) ? loss : 1 / (1 + loss);
    }

    private static StudyTables Tables(string study, Axis[] scientific, Axis[] nuisance, int seeds)
    {
        var plan = new Plan
        {
            Study = study,
            Title = $"A {study} study",
            Question = "What is to be seen?",
            Fixed = Parameters.Of([KeyValuePair.Create("batch_size", Scalar.Of(64L))]),
            Scientific = scientific,
            Nuisance = nuisance,
            Seeds = [.. Enumerable.Range(0, seeds)],
            Trials =
            [
                .. Enumerable.Range(
                    0,
                    scientific.Concat(nuisance).Aggregate(1, (product, axis) => product * axis.Values.Count)
                ),
            ],
            Claims = [Claim("Rectifiers learn faster"), Claim("Zeros break the symmetry")],
        };
        var noise = new Random(2);
        var runs = plan.Runs().Select(run => Run(plan, run, noise)).ToList();
        var cells = runs.GroupBy(run => string.Join(' ', run.Values.Take(scientific.Length)))
            .Select(group => Cell(plan, [.. group]))
            .ToList();
        return new()
        {
            Plan = plan with { Trials = [] },
            Metrics = Metrics,
            Runs = runs,
            Cells = cells,
            Claims = [Row(ClaimVerdict.Holds), Row(ClaimVerdict.Refuted)],
            Curves = [.. cells.SelectMany((_, cell) => CurveNames.Select(name => Band(cell, name, seeds, noise)))],
        };
    }

    private static StudyTables WithoutNumbers(StudyTables tables) =>
        tables with
        {
            Metrics = [],
            Runs = [.. tables.Runs.Select(run => run with { Outcome = RunOutcome.Diverged, Steps = 1, Metrics = [] })],
            Cells = [.. tables.Cells.Select(cell => cell with { Diverged = cell.Runs, Metrics = [] })],
            Claims = [],
            Curves = [],
            Plan = tables.Plan with { Claims = [] },
        };

    private static RunRow Run(Plan plan, PlannedRun run, Random noise)
    {
        var values = plan.Axes().Select(axis => run.Spec[axis.Key]).ToArray();
        var isDiverged = values.Contains(Scalar.Of("sigmoid"));
        var accuracy = 0.5 + (noise.NextDouble() / 2);
        return new()
        {
            Run = run.Id,
            Values = values,
            Seed = run.Seed,
            Outcome = isDiverged ? RunOutcome.Diverged : RunOutcome.Completed,
            Steps = isDiverged ? 10 + run.Seed : 50,
            Metrics = isDiverged ? [null, null, null, null] : [0.25, accuracy, 1 - accuracy, accuracy],
        };
    }

    private static CellRow Cell(Plan plan, RunRow[] runs)
    {
        var isDiverged = runs[0].Outcome == RunOutcome.Diverged;
        var mean = isDiverged ? 0 : runs.Average(run => run.Metrics[1]!.Value);
        var half = plan.Seeds.Count > 1 ? 0.0123456 : (double?)null;
        return new()
        {
            Values = [.. runs[0].Values.Take(plan.Scientific.Count)],
            Chosen = [.. runs[^1].Values.Skip(plan.Scientific.Count)],
            AtEdge = [.. plan.Nuisance.Select(_ => false)],
            Runs = plan.Seeds.Count,
            Diverged = isDiverged ? plan.Seeds.Count : 0,
            Metrics =
            [
                isDiverged ? new(null, null, null) : new(0.25, 0.25, 0.25),
                new(mean, mean - half, mean + half),
                isDiverged ? new(null, null, null) : new(1 - mean, 1 - mean - half, 1 - mean + half),
                new(mean, mean - half, mean + half),
            ],
        };
    }

    private static CurveRow Band(int cell, string name, int seeds, Random noise) =>
        new()
        {
            Cell = cell,
            Curve = name,
            Mean = [.. Enumerable.Range(1, 50).Select(epoch => (double?)Value(name, epoch, noise))],
            Half =
            [
                .. Enumerable.Range(1, 50).Select(_ => seeds > 1 ? 0.02 + (noise.NextDouble() / 100) : (double?)null),
            ],
            Runs = [.. Enumerable.Repeat(seeds, 50)],
        };

    private static Claim Claim(string says) =>
        new()
        {
            Says = says,
            Source = "a lecture",
            Basis = "theory",
            Metric = "test_accuracy",
            Left = new(Parameters.Empty, []),
            Relation = ClaimRelation.Above,
            Number = 0.5,
        };

    private static ClaimRow Row(ClaimVerdict verdict) =>
        new()
        {
            Verdict = verdict,
            Effect = 0.25,
            Low = 0.125,
            High = 0.375,
            P = 0.01,
            AdjustedP = 0.02,
            OppositeP = 0.01,
            AdjustedOppositeP = 0.02,
            Pairs = 3,
        };

    private static Axis Axis(string key, params string[] values) => new(key, [.. values.Select(Scalar.Of)]);

    private static Axis Numbered(string key, int count) =>
        new(key, [.. Enumerable.Range(1, count).Select(number => Scalar.Of($"{key}_{number}"))]);
}
