using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Fuzz.Targets;

/// <summary>What stages hand each other by way of the cache.</summary>
internal static class ArtifactTargets
{
    private static readonly Plan Plan = new()
    {
        Study = "sample",
        Title = "Größe \"×\" <Wahl>",
        Fixed = Parameters.Of([new("model.depth", Scalar.Of(2L))]),
        Scientific = [new("activation", [Scalar.Of("relu"), Scalar.Of("tanh")])],
        Nuisance = [new("learning_rate", [Scalar.Of(0.1), Scalar.Of(1.0)])],
        Seeds = [0, 7],
        Trials = [0, 1, 3],
    };

    private static readonly RunResult Completed = new()
    {
        Outcome = RunOutcome.Completed,
        Steps = 40,
        Metrics = new(StringComparer.Ordinal) { ["test_accuracy"] = 0.75, ["test_loss"] = 1e-3 },
        Curves = new(StringComparer.Ordinal) { ["train_loss"] = [2.5, 0.5] },
        Probes =
        [
            new()
            {
                Epoch = 1,
                Layer = 1,
                Name = "layers.0",
                Values = new(StringComparer.Ordinal) { ["dead_share"] = 0.5 },
            },
        ],
        Correct = CorrectRows.Write([true, false, true], [0, 1, 1]),
        Confusion = [1, 0, 1, 1],
        Weights = Digest.Of("weights"),
    };

    /// <summary>The targets.</summary>
    public static IEnumerable<FuzzTarget> All() =>
        [
            new(
                "plan",
                [ArtifactEncoding.Encode(Plan)],
                input => _ = ArtifactEncoding.DecodePlan(input.Bytes),
                typeof(JsonException)
            ),
            new(
                "run-result",
                [
                    ArtifactEncoding.Encode(Completed),
                    ArtifactEncoding.Encode(
                        Completed with
                        {
                            Outcome = RunOutcome.Diverged,
                            Reason = "loss is not finite",
                            Restarts =
                            [
                                new()
                                {
                                    Epoch = 2,
                                    Step = 30,
                                    Reason = "loss is not finite",
                                    From = 1,
                                    Factor = 0.5,
                                },
                            ],
                            Weights = null,
                        }
                    ),
                ],
                input => _ = ArtifactEncoding.DecodeRunResult(input.Bytes),
                typeof(JsonException)
            ),
            new(
                "tables",
                [ArtifactEncoding.Encode(Tables())],
                input => _ = ArtifactEncoding.DecodeStudyTables(input.Bytes),
                typeof(JsonException)
            ),
            new("prepared", [Prepared()], input => ReadPrepared(input.Path), typeof(InvalidDataException)),
        ];

    private static StudyTables Tables() =>
        new()
        {
            Plan = Plan,
            Metrics = ["test_accuracy"],
            Runs =
            [
                .. Plan.Runs()
                    .Select(run => new RunRow
                    {
                        Run = run.Id,
                        Values = [run.Spec["activation"], run.Spec["learning_rate"]],
                        Seed = run.Seed,
                        Outcome = RunOutcome.Completed,
                        Steps = 40,
                        Metrics = [0.5],
                    }),
            ],
            Cells =
            [
                new()
                {
                    Values = [Scalar.Of("relu")],
                    Chosen = [Scalar.Of(0.1)],
                    AtEdge = [true],
                    Runs = 2,
                    Diverged = 0,
                    Metrics = [new(0.5, 0.25, 0.75)],
                },
            ],
        };

    internal static byte[] Prepared()
    {
        using var stream = new MemoryStream();
        var header = new PreparedDataHeader
        {
            Shape = [3],
            Classes = 2,
            Bytes = false,
            Training = 4,
            Validation = 2,
            Test = 2,
        };
        PreparedData.Write(
            stream,
            header,
            FeatureMap.Identity(3),
            FeatureMap.Identity(3),
            [0, 1, 0, 1, 0, 1, 0, 1],
            target => target.Write(new byte[header.Rows * header.Features * sizeof(float)])
        );
        return stream.ToArray();
    }

    private static void ReadPrepared(string path)
    {
        using var data = PreparedData.Open(path);
        var sum = 0.0;
        foreach (var label in data.Labels)
            sum += label;
        for (var row = 0; row < data.Header.Rows; row++)
            sum += data.Header.Bytes ? data.ByteRow(row)[^1] : data.FloatRow(row)[^1];
        GC.KeepAlive(sum + data.Map.Shift[^1] + data.TestMap.Scale[^1]);
    }
}
