using Pipeline.Networks.Losses;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pipeline.Stages.Train.Torch;

/// <summary>The losses [rows] of logits [rows, classes] against labels [rows].</summary>
internal delegate Tensor TorchLoss(Tensor logits, Tensor labels);

/// <summary>The losses by operations of torch. Formula and reasons stand with the managed ones of the same names.</summary>
internal static class TorchLosses
{
    /// <summary>Each operation of the loss catalogue.</summary>
    public static TorchTable<TorchLoss> Table { get; } =
        new("loss", LossCatalogue.Parameters, LossCatalogue.Create)
        {
            ["mean_squared_error"] = _ => MeanSquaredError,
            ["softmax_cross_entropy"] = arguments =>
                (logits, labels) =>
                    F.cross_entropy(logits, labels, reduction: nn.Reduction.None, label_smoothing: arguments[0]),
        };

    private static Tensor MeanSquaredError(Tensor logits, Tensor labels) =>
        (logits - F.one_hot(labels, logits.shape[1])).square().mean([1]);
}
