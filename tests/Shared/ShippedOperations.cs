namespace Pipeline.Tests;

/// <summary>
/// The operations that the project itself brings and PyTorch has too. What someone adds takes one file and is
/// not asked for here; put it on the list to have it compared with PyTorch (a case in golden.py) and exported
/// to it (a line in PyTorchLayers).
/// </summary>
internal static class ShippedOperations
{
    public static readonly string[] Activations =
    [
        "elu",
        "gelu",
        "gelu_tanh",
        "hard_sigmoid",
        "hard_swish",
        "hard_threshold",
        "identity",
        "leaky_relu",
        "mish",
        "relu",
        "relu6",
        "selu",
        "sigmoid",
        "silu",
        "softplus",
        "tanh",
    ];

    public static readonly string[] Normalizations = ["batch", "group", "instance", "layer", "none", "rms"];

    public static readonly string[] Optimizers = ["adam", "adamw", "nesterov", "sgd"];

    public static readonly string[] Losses = ["mean_squared_error", "softmax_cross_entropy"];
}
