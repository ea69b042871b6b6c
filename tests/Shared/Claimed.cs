using Pipeline.Artifacts;

namespace Pipeline.Tests;

/// <summary>A study that makes claims and has probes, with made-up numbers.</summary>
internal static class Claimed
{
    private const string Accuracy = "test_accuracy";

    private static readonly Claim Sample = new()
    {
        Says = "ReLU beats the sigmoid",
        Source = "\"Better activations\"",
        Basis = "pilot on seeds 100 to 104",
        Metric = Accuracy,
        Left = Cell("leaky_relu"),
        Relation = ClaimRelation.Above,
        Right = Cell("sigmoid"),
        By = 0.05,
    };

    private static readonly ClaimRow Holds = new()
    {
        Verdict = ClaimVerdict.Holds,
        Test = ClaimTest.Crossed,
        Effect = 0.4375,
        Low = 0.40625,
        High = 0.46875,
        Confidence = 0.9875,
        StandardError = 0.015625,
        DegreesOfFreedom = 4.5,
        EffectSize = 126.5,
        P = 0.0001220703125,
        AdjustedP = 0.0006103515625,
        OppositeP = 0.9998779296875,
        AdjustedOppositeP = 1,
        Pairs = 2,
        For = 2,
        Against = 0,
        BestLeft = [Scalar.Of("batch")],
        BestRight = [Scalar.Of("none")],
    };

    private static readonly (Claim Claim, ClaimRow Row)[] Rows =
    [
        (Sample, Holds),
        (
            Sample with
            {
                Says = "Tanh | converges <twice> as fast",
                Metric = "epochs_to(train_loss,0.5)",
                Left = Cell("tanh"),
                Relation = ClaimRelation.Below,
                By = 0,
                Factor = 0.5,
            },
            Holds with
            {
                Verdict = ClaimVerdict.Refuted,
                Test = ClaimTest.Paired,
                Effect = 3.25,
                Low = 1.0625,
                High = null,
                EffectSize = 1.25,
                P = 0.9375,
                AdjustedP = 1,
                OppositeP = 1e-7,
                AdjustedOppositeP = 5e-7,
            }
        ),
        (
            Sample with
            {
                Says = "The sigmoid is at chance",
                Left = Cell("sigmoid"),
                Relation = ClaimRelation.Below,
                Right = null,
                Number = 0.125,
                By = 0,
            },
            Holds with
            {
                Verdict = ClaimVerdict.Undecided,
                Effect = -0.0234567,
                Low = -0.2,
                High = 0.15,
                EffectSize = -0.5,
                IsLimitedByRows = true,
                Reason = "the test split has too few rows to tell, however many seeds there are",
                P = 0.25,
                AdjustedP = 0.75,
                OppositeP = 0.75,
                AdjustedOppositeP = 1,
            }
        ),
        (
            Sample with
            {
                Says = "Losses differ by a tenth",
                Metric = "test_loss",
                Relation = ClaimRelation.Below,
                By = 0.1,
            },
            new()
            {
                Verdict = ClaimVerdict.Undecided,
                Test = ClaimTest.Sign,
                Pairs = 7,
                For = 6,
                Against = 0,
                P = 0.015625,
                AdjustedP = 0.046875,
                OppositeP = 1,
                AdjustedOppositeP = 1,
                Reason = "a sign test of 7 seeds can't decide one of 4 claims; it takes 8",
            }
        ),
        (
            Sample with
            {
                Says = "The gain of an orthogonal layer is 1",
                Relation = ClaimRelation.Within,
                Right = null,
                Number = 0.5,
                High = 1,
                By = 0,
            },
            new()
            {
                Verdict = ClaimVerdict.Refuted,
                Test = ClaimTest.Exact,
                Effect = 1.0625,
                Pairs = 2,
                Run = "0123456789ab",
            }
        ),
        (
            Sample with
            {
                Says = "Two ways are one",
                Relation = ClaimRelation.Equal,
                By = 0,
            },
            new()
            {
                Verdict = ClaimVerdict.Holds,
                Test = ClaimTest.Exact,
                Effect = 0,
                Pairs = 2,
                Run = "0123456789ab",
            }
        ),
        (
            Sample with
            {
                Says = "Somewhere else it is better",
            },
            new()
            {
                Verdict = ClaimVerdict.NotEvaluated,
                Reason = "its cells are no part of the plan",
                Pairs = 0,
            }
        ),
    ];

    /// <summary>A claim of every verdict, and measurements of two layers.</summary>
    public static StudyTables Tables { get; } =
        Studies.Grid with
        {
            Plan = Studies.Grid.Plan with { Study = "claimed", Claims = [.. Rows.Select(row => row.Claim)] },
            Claims = [.. Rows.Select(row => row.Row)],
            Layers =
            [
                Layer(0, 0, 1, new(1 / 3.0, 0.25, 5 / 12.0)),
                Layer(0, 0, 2, new(1.25, null, null)),
                Layer(10, 15, 1, new(-123456789, -1.00000004e-9, double.PositiveInfinity)) with
                {
                    Runs = 1,
                },
            ],
        };

    private static CellChoice Cell(string activation) =>
        new(
            Parameters.Of([new("activation", Scalar.Of(activation)), new("initialization", Scalar.Of("he_normal"))]),
            ["normalization"]
        );

    private static LayerRow Layer(int cell, int epoch, int layer, Estimate value) =>
        new()
        {
            Cell = cell,
            Epoch = epoch,
            Layer = layer,
            Name = $"layers.{layer - 1}",
            Probe = "weight_gradient_norm",
            Value = value,
            Runs = 2,
        };
}
