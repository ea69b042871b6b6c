using Pipeline.Stages.Expand;

namespace Pipeline.Expand.Tests;

/// <summary>The operations that the shipped studies name, and two that show what catalogues can hold.</summary>
internal static class TestVocabulary
{
    public static Vocabulary Instance { get; } =
        new()
        {
            Misfit = run =>
                run.Text("model.kind") == "cnn" && run.Text("dataset") == "wine"
                    ? ("model.kind", "Wines have no pixels.")
                    : null,
            Measured = probe =>
                probe.Name switch
                {
                    "activation_cost" =>
                    [
                        "forward_operations",
                        "backward_operations",
                        "forward_multiplications",
                        "backward_multiplications",
                        "kept_bits",
                    ],
                    "activation_scale" =>
                    [
                        "activation_std",
                        "activation_scale",
                        "activation_gain",
                        "product_scale",
                        "product_gain",
                    ],
                    "dead_units" => ["dead_share", "dead_negative_share", "zero_gradient_share"],
                    "gradient_signs" => ["same_sign_sample", "same_sign_batch"],
                    "input_covariance" => ["condition_number"],
                    "layer_gradients" => ["weight_gradient_norm", "input_gradient_norm"],
                    "linearity" => ["linear_share"],
                    "movement" => ["weight_movement"],
                    "product_distribution" =>
                    [
                        "standard_product_variance",
                        "standard_product_kurtosis",
                        "within_one_deviation",
                    ],
                    "saturation" => ["saturated_share", "largest_slope", "mean_slope"],
                    "symmetry" => ["unit_difference"],
                    "updates" => ["update_ratio", "update_cosine"],
                    _ => [],
                },
            Kinds =
            [
                Kind(
                    "activation",
                    ("elu", [("alpha", 1)]),
                    ("gelu", []),
                    ("hard_swish", []),
                    ("hard_threshold", [("slope", 1)]),
                    ("identity", []),
                    ("leaky_relu", [("slope", 0.01)]),
                    ("mish", []),
                    ("relu", []),
                    ("relu6", []),
                    ("selu", []),
                    ("sigmoid", []),
                    ("sigmoid_table", [("size", 1024)]),
                    ("silu", []),
                    ("softplus", []),
                    ("tanh", [])
                ),
                Kind(
                    "initializer",
                    ("constant", [("value", null)]),
                    ("he_normal", []),
                    ("identity", []),
                    ("lecun_normal", []),
                    ("normal", [("std", null)]),
                    ("orthogonal", [("gain", 1)]),
                    ("xavier_normal", []),
                    ("zeros", [])
                ),
                Kind(
                    "normalization",
                    ("batch", [("momentum", 0.1), ("epsilon", 1e-5)]),
                    ("group", [("groups", null)]),
                    ("instance", []),
                    ("layer", []),
                    ("none", []),
                    ("rms", [])
                ),
                Kind("optimizer", ("adam", []), ("adamw", []), ("sgd", [])),
                Kind(
                    "data set",
                    ("digits", []),
                    ("fashion-mnist", []),
                    ("positive-separable", [("rows", 1000.0), ("features", 20.0), ("margin", 0.02), ("seed", 0.0)]),
                    ("two-spirals", [("rows", 1000.0), ("noise", 0.1)]),
                    ("wine", [])
                ),
                Kind(
                    "event",
                    ("reset_loss_scale", [("epoch", null)]),
                    ("scale_learning_rate", [("epoch", null), ("factor", null)]),
                    ("to_adamw", [("epoch", null), ("learning_rate", null)]),
                    ("to_sgd", [("epoch", null), ("learning_rate", null), ("momentum", 0.0)])
                ),
                Kind("loss", ("mean_squared_error", []), ("softmax_cross_entropy", [])),
                Kind(
                    "loss scale",
                    ("dynamic", [("initial", 65536), ("interval", 200)]),
                    ("none", []),
                    ("static", [("scale", null)])
                ),
                Kind("schedule", ("constant", []), ("cosine", [("final", 0.0)]), ("linear_warmup", [("length", 1.0)])),
                Kind(
                    "probe",
                    ("activation_cost", []),
                    ("activation_scale", []),
                    ("dead_units", []),
                    ("gradient_signs", []),
                    ("input_covariance", []),
                    ("layer_gradients", []),
                    ("linearity", []),
                    ("movement", []),
                    ("product_distribution", []),
                    ("saturation", []),
                    ("symmetry", []),
                    ("updates", []),
                    ("weight_path", [])
                ),
                Kind(
                    "metric",
                    ("folded_agreement", []),
                    ("folded_difference", []),
                    ("folded_operations", []),
                    ("macro_f1", []),
                    ("quantized_accuracy", [("bits", null)])
                ),
                Kind(
                    "transform",
                    ("center", []),
                    ("center_channels", []),
                    ("decorrelate", []),
                    ("none", []),
                    ("pca", [("components", null)]),
                    ("scale", [("factor", null)]),
                    ("scale_to_range", [("a", 0), ("b", 1)]),
                    ("shift", [("delta", null)]),
                    ("standardize", []),
                    ("whiten_pca", [("epsilon", 1e-5)]),
                    ("whiten_zca", [("epsilon", 1e-5)])
                ),
            ],
        };

    private static OperationKind Kind(
        string kind,
        params (string Name, (string Name, double? Default)[] Parameters)[] operations
    )
    {
        var parameters = operations.ToDictionary(
            operation => operation.Name,
            operation => operation.Parameters,
            StringComparer.Ordinal
        );
        return new(
            kind,
            [.. parameters.Keys],
            name => parameters[name],
            (name, arguments) => Validate(name, parameters[name], arguments)
        );
    }

    private static void Validate(string name, (string Name, double? Default)[] parameters, double[] arguments)
    {
        if (
            arguments.Length > parameters.Length
            || arguments.Length < parameters.Count(parameter => parameter.Default is null)
        )
            throw new ArgumentException(
                $"{name} takes {parameters.Length} arguments, not {arguments.Length}.",
                nameof(arguments)
            );
        if (name == "normal" && arguments[0] < 0)
            throw new ArgumentOutOfRangeException(
                nameof(arguments),
                arguments[0],
                "The standard deviation of normal must not be negative."
            );
    }
}
