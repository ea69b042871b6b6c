using System.Globalization;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using Pipeline.Stages.Train;

namespace Pipeline.Export;

/// <summary>
/// A trained network with its batch normalizations folded into the linear layers and convolutions before
/// them: see <see cref="Folding"/>.
/// </summary>
internal static class FoldedNetwork
{
    /// <summary>
    /// How far the logits of the test split may move, as a part of the largest of them (or of 1). Rounding moves those
    /// of small networks after a hundred steps by 1.2e-7 (perceptron), 2.7e-7 (convolutional) and 3.3e-7 (residual).
    /// </summary>
    public const float Tolerance = 1e-4f;

    private const int Batch = 256;

    /// <summary>Folds a network. The logits of the test split stay those of the network as it was trained.</summary>
    /// <exception cref="NotSupportedException">
    /// There is nothing to fold, or the logits of what is left differ by more than <see cref="Tolerance"/>.
    /// </exception>
    public static TrainedNetwork Of(TrainedNetwork network)
    {
        var (description, tensors) = Folding.Fold(network.Description, network.Tensors);
        // What is folded takes a mean and a variance with it, and leaves a bias at most.
        if (tensors.Count == network.Tensors.Count)
            throw new NotSupportedException(
                "no batch normalization follows a linear layer or a convolution, so there is nothing to fold: leave out --folded."
            );
        var folded = network with { Description = description, Tensors = tensors };
        var difference = Difference(folded);
        return difference <= Tolerance
            ? folded
            : throw new NotSupportedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"folding moves its logits by {difference:0.0e+0} of the largest, "
                        + $"and {Tolerance:0.0e+0} is the most that is accepted: leave out --folded."
                )
            );
    }

    /// <summary>
    /// The largest difference between the logits of the test split and those that a network's tensors give, as a part
    /// of the largest logit (or of 1); NaN where one is no number.
    /// </summary>
    public static float Difference(TrainedNetwork network)
    {
        var logits = new float[network.TestLogits.Length];
        var built = new Network(
            network.Description,
            network.Tensors,
            new OptimizerSettings(Operation.Of("sgd")),
            Operation.Of("softmax_cross_entropy"),
            Batch
        );
        built.Logits(network.TestInputs, logits);
        var scale = network.TestLogits.Aggregate(1f, (largest, logit) => MathF.Max(largest, MathF.Abs(logit)));
        return network
                .TestLogits.Zip(logits)
                .Aggregate(0f, (largest, pair) => MathF.Max(largest, MathF.Abs(pair.First - pair.Second))) / scale;
    }
}
