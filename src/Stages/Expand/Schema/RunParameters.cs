namespace Pipeline.Stages.Expand.Schema;

/// <summary>Every parameter of a run. Each may stand under <c>fixed</c>, <c>scientific</c> or <c>nuisance</c>.</summary>
internal static class RunParameters
{
    /// <summary>The key of the validation split's share.</summary>
    public const string Validation = "split.validation";

    /// <summary>The key of the test split's share.</summary>
    public const string Test = "split.test";

    private static readonly Condition IsMlp = new("model.kind", "mlp");

    /// <summary>The parameters, in the order of the documentation.</summary>
    public static IReadOnlyList<RunParameter> All { get; } =
    [
        new("dataset", new Name("data set", vocabulary => vocabulary.DataSets), "the data to learn from"),
        new("preprocessing", new OperationChain("transform"), "what is done to the features first") { Default = "none" },
        new(Validation, Share, "the share of the data that chooses nuisance values") { Default = "0.1" },
        new(Test, Share, "the share of the data that is reported on") { Default = "0.1" },
        new("model.kind", new Name("model", _ => ["mlp"]), "the kind of network"),
        new("model.depth", new WholeNumber(0, 1_000), "the number of hidden layers") { AppliesWhen = IsMlp },
        new("model.width", new WholeNumber(1, 65_536), "the number of units in a hidden layer") { AppliesWhen = IsMlp },
        new("activation", new Operation("activation"), "the function after each hidden layer"),
        new("initialization", new Operation("initializer"), "how weights begin"),
        new("normalization", new Operation("normalization"), "what normalizes the inputs of each activation") { Default = "none" },
        new("optimizer.kind", new Name("optimizer", vocabulary => vocabulary.Kind("optimizer").Names), "how gradients become steps"),
        new("optimizer.momentum", Momentum, "the share of a step that the next one keeps")
        {
            Default = "0",
            AppliesWhen = new("optimizer.kind", "sgd"),
        },
        new("learning_rate", new NumberRange("a number greater than 0 and within float32", x => (float)x > 0 && float.IsFinite((float)x)), "the size of the optimizer's steps"),
        new("batch_size", new WholeNumber(1, 1_000_000), "the number of samples in a training step"),
        new("epochs", new WholeNumber(1, 100_000), "the number of passes over the training split"),
        new("loss", new Operation("loss"), "what training makes small") { Default = "softmax_cross_entropy" },
    ];

    /// <summary>All keys.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. All.Select(parameter => parameter.Key)];

    private static NumberRange Momentum => new("a number from 0, less than 1", x => x is >= 0 and < 1);

    private static NumberRange Share => new("a number between 0 and 1", x => x is > 0 and < 1);

    /// <summary>The parameter of a key, or null.</summary>
    public static RunParameter? Find(string key) => All.FirstOrDefault(parameter => parameter.Key == key);
}
