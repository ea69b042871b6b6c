using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pipeline.Stages.Train.Torch;

/// <summary>A normalization of [rows, channels] or [rows, channels, height, width]; in training it moves the running statistics.</summary>
internal delegate Tensor TorchNormalization(Tensor x, TorchNormalizationTensors tensors, bool isTraining);

/// <summary>The tensors [channels] of a normalization, null where it has none.</summary>
/// <param name="Scale">γ.</param>
/// <param name="Shift">β.</param>
/// <param name="RunningMean">The means for inference.</param>
/// <param name="RunningVariance">The variances for inference.</param>
internal readonly record struct TorchNormalizationTensors(
    Tensor? Scale,
    Tensor? Shift,
    Tensor? RunningMean,
    Tensor? RunningVariance
);

/// <summary>The normalizations by operations of torch. Formula and reasons stand with the managed ones of the same names.</summary>
internal static class TorchNormalizations
{
    /// <summary>Each operation of the normalization catalogue.</summary>
    public static TorchTable<TorchNormalization> Table { get; } =
        new("normalization", NormalizationCatalogue.Parameters, NormalizationCatalogue.Create)
        {
            ["none"] = _ => (x, _, _) => x,
            ["batch"] = arguments =>
                (x, tensors, isTraining) => Batch(arguments[0], arguments[1], x, tensors, isTraining),
            ["group"] = arguments => (x, tensors, _) => Group((long)arguments[0], arguments[1], x, tensors),
            ["instance"] = arguments => (x, tensors, _) => Group(x.shape[1], arguments[0], x, tensors),
            ["layer"] = arguments => (x, tensors, _) => Layer(arguments[0], x, tensors),
            ["rms"] = arguments => (x, tensors, _) => RootMeanSquare(arguments[0], x, tensors.Scale),
        };

    /// <summary>The fewest values per channel on which a normalization can train.</summary>
    public static int FewestPositions(Operation operation) => operation.Name == "batch" ? 2 : 1;

    private static Tensor Batch(
        double momentum,
        double epsilon,
        Tensor x,
        TorchNormalizationTensors tensors,
        bool isTraining
    ) =>
        F.batch_norm(
            x,
            tensors.RunningMean,
            tensors.RunningVariance,
            tensors.Scale,
            tensors.Shift,
            isTraining,
            momentum,
            epsilon
        );

    private static Tensor Group(long groups, double epsilon, Tensor x, TorchNormalizationTensors tensors) =>
        F.group_norm(x, groups, tensors.Scale, tensors.Shift, epsilon);

    // Of an image, torch's layer_norm would have a scale for every pixel.
    private static Tensor Layer(double epsilon, Tensor x, TorchNormalizationTensors tensors) =>
        x.dim() == 2
            ? F.layer_norm(x, [x.shape[1]], tensors.Scale, tensors.Shift, epsilon)
            : Group(1, epsilon, x, tensors);

    private static Tensor RootMeanSquare(double epsilon, Tensor x, Tensor? scale)
    {
        var isImage = x.dim() == 4;
        long[] values = isImage ? [1, 2, 3] : [1];
        var y = x * x.square().mean(values, keepdim: true).add(epsilon).rsqrt();
        return scale is null ? y : y * (isImage ? scale.view(-1, 1, 1) : scale);
    }
}
