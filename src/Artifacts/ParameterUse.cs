namespace Pipeline.Artifacts;

/// <summary>
/// Which runs have a parameter, and which stage reads it. What a study may say and what is part of a stage's key both follow from here.
/// </summary>
public static class ParameterUse
{
    private static readonly ParameterCondition IsCnn = new("model.kind", ["cnn"]);
    private static readonly ParameterCondition IsResidual = new("model.kind", ["resmlp", "rescnn"]);
    private static readonly ParameterCondition IsBatchNormalized = new("normalization", ["batch"]);
    private static readonly ParameterCondition IsTorch = new(Backend, ["torch"]);
    private static readonly ParameterCondition IsNarrow = new(Storage, ["float16", "bfloat16"]);
    private static readonly ParameterCondition HasMomentum = new("optimizer.kind", ["sgd", "nesterov"]);
    private static readonly ParameterCondition Restarts = new(Restart, [FromLastHealthy]);
    private static readonly ParameterCondition MayStop = new(
        StopCurve,
        ["validation_loss", "validation_accuracy", "train_loss", "train_accuracy"]
    );
    private static readonly ParameterCondition IsAdaptive = new("optimizer.kind", ["adam", "adamw"]);

    /// <summary>The parameter that names the backend; a run of <see cref="ManagedBackend"/> may go without.</summary>
    public const string Backend = "backend";

    /// <summary>The parameter that says in what products of matrices are computed.</summary>
    public const string Precision = "precision";

    /// <summary>The backend that every run had before there was a choice.</summary>
    public const string ManagedBackend = "managed";

    /// <summary>The key that says whether the training split is evaluated at the end of each epoch, too.</summary>
    public const string EpochEnd = "epoch_end_metrics";

    /// <summary>The parameter that says how the last weights of each residual branch begin.</summary>
    public const string BranchInitialization = "branch_initialization";

    /// <summary>Its value where they begin as all others do.</summary>
    public const string AsInitialization = "as_initialization";

    /// <summary>The key that says whether a run that diverges goes on from an earlier epoch.</summary>
    public const string Restart = "on_divergence.restart";

    /// <summary>The value of <see cref="Restart"/> with which it does.</summary>
    public const string FromLastHealthy = "last_healthy";

    /// <summary>What the learning rate is multiplied by at each restart.</summary>
    public const string RestartRate = "on_divergence.learning_rate";

    /// <summary>The most restarts.</summary>
    public const string MostRestarts = "on_divergence.at_most";

    /// <summary>The parameter that names the curve by which a run ends early.</summary>
    public const string StopCurve = "stop.metric";

    /// <summary>For how many epochs the curve may be no better.</summary>
    public const string StopPatience = "stop.patience";

    /// <summary>The parameter that says whose epoch's network is the result of a run that may end early.</summary>
    public const string StopWeights = "stop.weights";

    /// <summary>Its value for the best epoch's.</summary>
    public const string BestWeights = "best";

    /// <summary>Its value for the last epoch's.</summary>
    public const string LastWeights = "last";

    /// <summary>The curves by which a run may end early.</summary>
    public static IReadOnlyList<string> StopCurves => MayStop.Values;

    /// <summary>The key of what is changed in the middle of a run.</summary>
    public const string MidRun = "mid_run";

    /// <summary>The key that says whether the size of the last hidden layer's activations is measured while a network trains.</summary>
    public const string ActivationNorm = "activation_norm";

    /// <summary>The parameter that says by which statistics batch normalization infers.</summary>
    public const string InferenceStatistics = "inference_statistics";

    /// <summary>Its value for running averages.</summary>
    public const string RunningStatistics = "running";

    /// <summary>The parameter that says how many layers keep their first weights.</summary>
    public const string FrozenLayers = "frozen_layers";

    /// <summary>The parameter that says in what weights, activations and gradients are kept.</summary>
    public const string Storage = "storage";

    /// <summary>The storage that every run had before there was a choice.</summary>
    public const string FullStorage = "float32";

    /// <summary>The parameter that says by what the gradient of the loss is multiplied on the way back.</summary>
    public const string LossScale = "loss_scale";

    /// <summary>When a run has a parameter at all; null is always.</summary>
    public static ParameterCondition? AppliesWhen(string key) =>
        key switch
        {
            "model.kernel" or "model.pooling" => IsCnn,
            "optimizer.momentum" => HasMomentum,
            "optimizer.beta1" or "optimizer.beta2" or "optimizer.epsilon" => IsAdaptive,
            Precision => IsTorch,
            BranchInitialization => IsResidual,
            RestartRate or MostRestarts => Restarts,
            StopPatience or StopWeights => MayStop,
            InferenceStatistics => IsBatchNormalized,
            LossScale => IsNarrow,
            _ => null,
        };

    /// <summary>The name of the backend that computes a run's steps.</summary>
    public static string BackendOf(Parameters run) =>
        run.TryGet(Backend, out var backend) ? backend.ToString() : ManagedBackend;

    /// <summary>In what a run keeps weights, activations and gradients.</summary>
    public static string StorageOf(Parameters run) =>
        run.TryGet(Storage, out var storage) ? storage.ToString() : FullStorage;

    /// <summary>Whether a parameter that is the same in all runs of a study needs no word: a run is the same with and without it.</summary>
    public static bool IsTacit(string key, Scalar value) =>
        key switch
        {
            Backend => value == Scalar.Of(ManagedBackend),
            EpochEnd or ActivationNorm => value == Scalar.Of(false),
            Restart or MidRun or StopCurve => value == Scalar.Of(CallChain.None),
            BranchInitialization => value == Scalar.Of(AsInitialization),
            InferenceStatistics => value == Scalar.Of(RunningStatistics),
            FrozenLayers => value == Scalar.Of(0L),
            Storage => value == Scalar.Of(FullStorage),
            _ => false,
        };

    /// <summary>Whether Preprocess reads a parameter. The data set itself comes in as content, not by name.</summary>
    public static bool IsReadByPreprocess(string key) => key == Plan.SeedKey || IsOfData(key);

    /// <summary>
    /// Whether Train reads a parameter of a run: any but what Preprocess has seen to, who computes, what belongs to
    /// other kinds of network, optimizer or backend, and when to look at a network in which nothing is measured.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The run lacks the parameter on which this depends.</exception>
    public static bool IsReadByTrain(string key, Parameters run) =>
        key switch
        {
            "dataset" or Backend => false,
            "probe_epochs" => run.Text("probes") != CallChain.None,
            _ => !IsOfData(key) && AppliesWhen(key)?.IsMet(run) != false,
        };

    private static bool IsOfData(string key) =>
        key == "preprocessing" || key.StartsWith("split.", StringComparison.Ordinal);
}
