using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>Every parameter of a run. Each may stand under <c>fixed</c>, <c>scientific</c> or <c>nuisance</c>.</summary>
internal static class RunParameters
{
    /// <summary>The key of the validation split's share.</summary>
    public const string Validation = "split.validation";

    /// <summary>The key of the test split's share.</summary>
    public const string Test = "split.test";

    /// <summary>The key of what is measured on the test split besides loss and accuracy.</summary>
    public const string Metrics = "metrics";

    /// <summary>The parameters, in the order of the documentation.</summary>
    public static IReadOnlyList<RunParameter> All { get; } =
    [
        new("dataset", new Operation("data set"), "the data to learn from"),
        new("preprocessing", new OperationChain("transform", mayBeEmpty: true), "what is done to the features first")
        {
            Default = "none",
        },
        new(Validation, Share, "the share of the data that chooses nuisance values") { Default = "0.1" },
        new(Test, Share, "the share of the data that is reported on") { Default = "0.2" },
        new(
            "split.seed",
            new WholeNumber(0, int.MaxValue),
            "the seed that draws the rows that are reported on, for all seeds of the runs alike"
        )
        {
            Default = "0",
        },
        new("model.kind", new Name("model", _ => ["mlp", "cnn", "resmlp", "rescnn"]), "the kind of network"),
        new("model.depth", new WholeNumber(0, 1_000), "the number of hidden layers, stages or residual blocks"),
        new(
            "model.width",
            new WholeNumber(1, 65_536),
            "the number of units in a hidden layer, or of channels in the first stage"
        ),
        new(
            "model.kernel",
            new NumberRange("an odd whole number from 1 to 101", x => x is >= 1 and <= 101 && x % 2 == 1),
            "height and width of the kernels"
        )
        {
            Default = "3",
        },
        new("model.pooling", new Name("pooling", _ => ["max", "average"]), "what a stage makes of two by two pixels")
        {
            Default = "max",
        },
        new("model.dropout", FromZeroToOne, "the share of hidden values that a training step leaves out")
        {
            Default = "0",
        },
        new("activation", new Operation("activation"), "the function after each hidden layer"),
        new("initialization", new Operation("initializer"), "how weights begin"),
        new(
            ParameterUse.BranchInitialization,
            new Operation("initializer", ParameterUse.AsInitialization),
            "how the last weights of each residual branch begin"
        )
        {
            Default = ParameterUse.AsInitialization,
        },
        new(
            "initial_bias",
            new NumberRange("a number within float32", x => float.IsFinite((float)x)),
            "how biases begin"
        )
        {
            Default = "0",
        },
        new("normalization", new Operation("normalization"), "what normalizes hidden layers") { Default = "none" },
        new(
            "normalization_position",
            new Name("position", _ => ["before_activation", "after_activation"]),
            "where it does"
        )
        {
            Default = "before_activation",
        },
        new(
            ParameterUse.InferenceStatistics,
            new Name("kind of statistics", _ => [ParameterUse.RunningStatistics, "batch"]),
            "what batch normalization subtracts and divides by when the network is evaluated"
        )
        {
            Default = ParameterUse.RunningStatistics,
        },
        new("normalization_affine", new Truth(), "whether it has a trained scale and shift") { Default = "true" },
        new(
            ParameterUse.FrozenLayers,
            new WholeNumber(0, 10_000),
            "the number of first layers with weights that training leaves as they begin"
        )
        {
            Default = "0",
        },
        new(
            "optimizer.kind",
            new Name("optimizer", vocabulary => vocabulary.Kind("optimizer").Names),
            "how gradients become steps"
        ),
        new("optimizer.momentum", FromZeroToOne, "the share of a step that the next one keeps") { Default = "0" },
        new("optimizer.beta1", FromZeroToOne, "the share of the mean gradient that a step keeps") { Default = "0.9" },
        new("optimizer.beta2", FromZeroToOne, "the share of the mean squared gradient that a step keeps")
        {
            Default = "0.999",
        },
        new(
            "optimizer.epsilon",
            new NumberRange("a number greater than 0, at most 1", x => (float)x is > 0 and <= 1),
            "what keeps steps finite"
        )
        {
            Default = "0.00000001",
        },
        new(
            "optimizer.weight_decay",
            NotNegative,
            "the share of the weights that is taken off, times the learning rate"
        )
        {
            Default = "0",
        },
        new("optimizer.clip_norm", NotTooSmall, "the norm to which longer gradients are shortened; 0 for none")
        {
            Default = "0",
        },
        new("schedule", new OperationChain("schedule"), "how the learning rate changes") { Default = "constant" },
        new(
            "learning_rate",
            new NumberRange(
                "a number greater than 0 and within float32",
                x => (float)x > 0 && float.IsFinite((float)x)
            ),
            "the size of the optimizer's steps"
        ),
        new("batch_size", new WholeNumber(1, 1_000_000), "the number of samples in a training step"),
        new("epochs", new WholeNumber(1, 100_000), "the number of passes over the training split"),
        new(
            ParameterUse.MidRun,
            new OperationChain("event", mayBeEmpty: true),
            "what is changed in the middle of a run: another optimizer, another learning rate"
        )
        {
            Default = CallChain.None,
        },
        new(
            ParameterUse.Restart,
            new Name("restart", _ => [CallChain.None, ParameterUse.FromLastHealthy]),
            "whether a run that diverges goes on from its last healthy epoch"
        )
        {
            Default = CallChain.None,
        },
        new(
            ParameterUse.RestartRate,
            new NumberRange("a number greater than 0, at most 1", x => x is > 0 and <= 1),
            "what the learning rate is multiplied by at each restart"
        )
        {
            Default = "0.5",
        },
        new(ParameterUse.MostRestarts, new WholeNumber(1, 1_000), "the most restarts of a run") { Default = "3" },
        new(
            ParameterUse.StopCurve,
            new Name("stop metric", _ => [CallChain.None, .. ParameterUse.StopCurves]),
            "the curve by which a run ends before its last epoch: when it has not got better for some epochs"
        )
        {
            Default = CallChain.None,
        },
        new(ParameterUse.StopPatience, new WholeNumber(1, 100_000), "for how many epochs in a row") { Default = "5" },
        new(
            ParameterUse.StopWeights,
            new Name("choice of weights", _ => [ParameterUse.LastWeights, ParameterUse.BestWeights]),
            "whether the result is the network of the last epoch or of the best one by that curve"
        )
        {
            Default = ParameterUse.LastWeights,
        },
        new("loss", new Operation("loss"), "what training makes small") { Default = "softmax_cross_entropy" },
        new(
            "probes",
            new OperationChain("probe", isSet: true, mayBeEmpty: true),
            "what is measured inside the network, layer by layer"
        )
        {
            Default = "none",
        },
        new("probe_epochs", new Epochs(), "when: after how many epochs, 0 being at initialization") { Default = "0" },
        new(
            ParameterUse.Backend,
            new Name("backend", _ => [ParameterUse.ManagedBackend, "torch"]),
            "who computes: the project's own engine, or TorchSharp"
        )
        {
            Default = ParameterUse.ManagedBackend,
        },
        new(
            ParameterUse.Precision,
            new Name("precision", _ => ["fp32", "bf16"]),
            "in what products of matrices are computed"
        )
        {
            Default = "fp32",
        },
        new(
            ParameterUse.Storage,
            new Name("storage", _ => [ParameterUse.FullStorage, "float16", "bfloat16"]),
            "in what weights, activations and gradients are kept"
        )
        {
            Default = ParameterUse.FullStorage,
        },
        new(
            ParameterUse.LossScale,
            new Operation("loss scale"),
            "by what the gradient of the loss is multiplied on the way back"
        )
        {
            Default = "none",
        },
        new(
            ParameterUse.EpochEnd,
            new Truth(),
            "whether the training split is evaluated at the end of each epoch, too: epoch_end_loss, epoch_end_accuracy"
        )
        {
            Default = "false",
        },
        new(
            ParameterUse.ActivationNorm,
            new Truth(),
            "whether the size of what the output layer gets is measured while training"
        )
        {
            Default = "false",
        },
        new(
            Metrics,
            new OperationChain("metric", isSet: true, mayBeEmpty: true),
            "what is measured on the test split besides loss and accuracy"
        )
        {
            Default = "none",
        },
    ];

    /// <summary>All keys.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. All.Select(parameter => parameter.Key)];

    /// <summary>Whether it depends on a parameter if a run's network can be built.</summary>
    public static bool ShapesNetwork(string key) =>
        key
            is "dataset"
                or "preprocessing"
                or "normalization"
                or ParameterUse.Backend
                or ParameterUse.InferenceStatistics
                or ParameterUse.FrozenLayers
        || key.StartsWith("model.", StringComparison.Ordinal);

    private static NumberRange FromZeroToOne => new("a number from 0, less than 1", x => x >= 0 && (float)x < 1);

    private static NumberRange NotNegative =>
        new("a number from 0 and within float32", x => x >= 0 && float.IsFinite((float)x));

    private static NumberRange NotTooSmall =>
        new("0, or a number within float32", x => x == 0 || ((float)x > 0 && float.IsFinite((float)x)));

    private static NumberRange Share => new("a number between 0 and 1", x => x is > 0 and < 1);

    /// <summary>The parameter of a key, or null.</summary>
    public static RunParameter? Find(string key) => All.FirstOrDefault(parameter => parameter.Key == key);
}
