using Pipeline.Artifacts;
using Pipeline.Networks.Descriptions;
using Pipeline.Stages.Expand;

namespace Pipeline.Benchmarks;

/// <summary>The trainings that are compared one by one.</summary>
internal static class Works
{
    /// <summary>
    /// All of them. Learning rates don't matter to the time: with these each training learns, and differences of rounding stay small.
    /// </summary>
    public static IReadOnlyList<Work> All { get; } =
    [
        Digits("digits-6x64-bn", Perceptron(64, 6, 64, "relu", "batch")),
        Digits("digits-3x64-ln", Perceptron(64, 3, 64, "gelu", "layer")),
        FashionMnist("fmnist-3x64-bn", Perceptron(784, 3, 64, "relu", "batch"), batchSize: 64),
        FashionMnist("fmnist-4x128-bn", Perceptron(784, 4, 128, "relu", "batch"), batchSize: 128),
        FashionMnist("fmnist-4x256-bn", Perceptron(784, 4, 256, "relu", "batch"), batchSize: 128),
        FashionMnist("fmnist-4x512-ln", Perceptron(784, 4, 512, "gelu", "layer"), batchSize: 128),
        Convolutional("cnn-16-32-bn", width: 16),
        Convolutional("cnn-32-64-bn", width: 32),
    ];

    /// <summary>The training of a name.</summary>
    /// <exception cref="PipelineException">There is none.</exception>
    public static Work Find(string id) =>
        All.FirstOrDefault(work => work.Id == id)
        ?? throw new PipelineException($"There is no work '{id}'{Nearest.Hint(id, [.. All.Select(work => work.Id)])}.");

    private static Work Digits(string id, NetworkDescription network) =>
        new(id, "digits", network, BatchSize: 64, Epochs: 15, Momentum: 0.9, LearningRate: 0.003f);

    private static Work FashionMnist(string id, NetworkDescription network, int batchSize) =>
        new(id, BenchmarkData.FashionMnist, network, batchSize, Epochs: 1, Momentum: 0, LearningRate: 0.1f);

    private static Work Convolutional(string id, int width) =>
        new(
            id,
            BenchmarkData.FashionMnist,
            new CnnDescription(
                new(1, 28, 28),
                Depth: 2,
                width,
                Classes: 10,
                Operation.Of("relu"),
                Operation.Of("he_normal"),
                Operation.Of("batch")
            ),
            BatchSize: 64,
            Epochs: 1,
            Momentum: 0.9,
            LearningRate: 0.01f,
            Rows: 20_000
        );

    private static MlpDescription Perceptron(
        int inputs,
        int depth,
        int width,
        string activation,
        string normalization
    ) =>
        new(
            inputs,
            depth,
            width,
            Classes: 10,
            Operation.Of(activation),
            Operation.Of("he_normal"),
            Operation.Of(normalization)
        );
}
