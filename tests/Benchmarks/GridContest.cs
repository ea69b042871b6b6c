using System.Diagnostics;
using Pipeline.Artifacts;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Benchmarks;

/// <summary>
/// Fifty runs of a grid on two cores. Ours is the command with two jobs, from the start of its process to its end, with
/// evaluation and writes to an empty cache; the peer's is the longer of two processes that train half of the runs each,
/// import and reading of data not counted.
/// </summary>
internal sealed class GridContest() : Contest("grid-50")
{
    private const int Jobs = 2;
    private const int Seeds = 5;

    private static readonly string[] Activations = ["sigmoid", "tanh", "relu", "leaky_relu", "gelu"];
    private static readonly string[] Initializations = ["xavier_normal", "he_normal"];

    private static readonly Work Digits = Works.Find("digits-6x64-bn");
    private static readonly MlpDescription Perceptron = (MlpDescription)Digits.Network;

    private static readonly Work[] Runs =
    [
        .. from activation in Activations
        from initialization in Initializations
        from seed in Enumerable.Range(0, Seeds)
        select Digits with
        {
            Id = $"grid-{activation}-{initialization}-{seed}",
            Network = Perceptron with
            {
                Activation = Operation.Of(activation),
                Initialization = Operation.Of(initialization),
            },
            Seed = seed,
        },
    ];

    private readonly List<string>[] shares =
    [
        [],
        [],
    ];
    private string root = "";
    private double operations;
    private double loss;

    private static string Study =>
        $$"""
            title: The grid of the benchmark
            dataset: {{Digits.DataSet}}
            fixed:
              model: {kind: mlp, depth: {{Perceptron.Depth}}, width: {{Perceptron.Width}}}
              normalization: {{Perceptron.Normalization}}
              preprocessing: standardize
              optimizer: {kind: sgd, momentum: {{Digits.Momentum}}}
              learning_rate: {{Digits.LearningRate}}
              batch_size: {{Digits.BatchSize}}
              epochs: {{Digits.Epochs}}
            scientific:
              activation: [{{string.Join(", ", Activations)}}]
              initialization: [{{string.Join(", ", Initializations)}}]
            seeds: {{Seeds}}

            """;

    /// <inheritdoc/>
    public override int Cores => Jobs;

    /// <inheritdoc/>
    public override double ProductOperations => operations;

    private string StudyFile => Path.Combine(root, "grid.yaml");

    /// <inheritdoc/>
    public override void Prepare(string folder)
    {
        root = folder;
        File.WriteAllText(StudyFile, Study);
        for (var i = 0; i < Runs.Length; i++)
        {
            var run = new WorkFolder(root, Runs[i]);
            operations += Runs[i].ProductOperations(run.Write());
            loss += run.Train().Loss / Runs.Length;
            shares[i % shares.Length].Add(run.Location);
        }
        // The command may have to be built first.
        Command("Plan", "plan");
    }

    /// <summary>The time of the command; the loss is that of the same trainings without it.</summary>
    public override Measurement TimeOurs()
    {
        var clock = Stopwatch.StartNew();
        var output = Command("Train", Guid.NewGuid().ToString("N"));
        var seconds = clock.Elapsed.TotalSeconds;
        var expected = $"train: {Runs.Length} run, 0 cached, 0 diverged, 0 failed";
        return output.Contains(expected, StringComparison.Ordinal)
            ? new(seconds, loss)
            : throw new PipelineException($"The command was to print '{expected}', but printed:\n{output}");
    }

    /// <inheritdoc/>
    public override Measurement TimePeer(Peer peer) => peer.Train([.. shares]);

    private string Command(string target, string cache)
    {
        var (program, arguments) = Repository.Command(
            $"--target={target}",
            $"--experiment={StudyFile}",
            $"--cache={Path.Combine(root, cache)}",
            $"--jobs={Jobs}"
        );
        return Output(program, arguments);
    }
}
