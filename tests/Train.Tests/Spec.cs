using Pipeline.Artifacts;

namespace Pipeline.Train.Tests;

/// <summary>Parameters of runs that take milliseconds.</summary>
internal static class Spec
{
    /// <summary>A small perceptron that learns the clusters in four epochs.</summary>
    public static Parameters Base { get; } =
        Parameters.Of([
            new("activation", Scalar.Of("relu")),
            new("batch_size", Scalar.Of(16L)),
            new("epoch_end_metrics", Scalar.Of(false)),
            new("epochs", Scalar.Of(4L)),
            new("initial_bias", Scalar.Of(0L)),
            new("initialization", Scalar.Of("he_normal")),
            new("learning_rate", Scalar.Of(0.05)),
            new("loss", Scalar.Of("softmax_cross_entropy")),
            new("metrics", Scalar.Of("none")),
            new("model.depth", Scalar.Of(2L)),
            new("model.dropout", Scalar.Of(0L)),
            new("model.kind", Scalar.Of("mlp")),
            new("model.width", Scalar.Of(20L)),
            new("normalization", Scalar.Of("none")),
            new("normalization_affine", Scalar.Of(true)),
            new("normalization_position", Scalar.Of("before_activation")),
            new("optimizer.clip_norm", Scalar.Of(0L)),
            new("optimizer.kind", Scalar.Of("sgd")),
            new("optimizer.momentum", Scalar.Of(0.9)),
            new("optimizer.weight_decay", Scalar.Of(0L)),
            new("probe_epochs", Scalar.Of("0")),
            new("probes", Scalar.Of("none")),
            new("schedule", Scalar.Of("constant")),
            new("seed", Scalar.Of(0L)),
        ]);

    /// <summary>The base with other values, or with parameters that it goes without.</summary>
    public static Parameters With(params (string Key, Scalar Value)[] changes) =>
        Parameters.Of(
            changes
                .Reverse()
                .Concat(Base.Keys.Select(key => (key, Base[key])))
                .DistinctBy(entry => entry.Item1, StringComparer.Ordinal)
                .Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2))
        );
}
