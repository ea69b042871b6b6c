using Pipeline.Artifacts;

namespace Pipeline.Stages.Train;

/// <summary>Which catalogue operations a run uses: their code is part of the run's key, that of others is not.</summary>
public static class RunOperations
{
    // Those of all optimizers, in the order in which they take them.
    private static readonly string[] OptimizerArguments =
    [
        "optimizer.momentum",
        "optimizer.beta1",
        "optimizer.beta2",
        "optimizer.epsilon",
    ];

    /// <summary>
    /// The operations that a run's parameters name, each with the kind of its catalogue; of optimizers the one that begins
    /// comes first.
    /// </summary>
    /// <exception cref="KeyNotFoundException">A parameter is missing.</exception>
    /// <exception cref="FormatException">An operation is not of the form name or name(number, …).</exception>
    public static IEnumerable<(string Kind, OperationCall Call)> Of(Parameters spec) =>
        [
            ("activation", OperationCall.Parse(spec.Text("activation"))),
            ("initializer", OperationCall.Parse(spec.Text("initialization"))),
            .. BranchInitialization(spec) is { } branch
                ? [("initializer", branch)]
                : Array.Empty<(string, OperationCall)>(),
            ("normalization", OperationCall.Parse(spec.Text("normalization"))),
            ("optimizer", Optimizer(spec)),
            ("loss", OperationCall.Parse(spec.Text("loss"))),
            .. CallChain.Parse(spec.Text("schedule")).Select(call => ("schedule", call)),
            .. Events(spec).Select(call => ("event", call)),
            .. Events(spec).Select(Begun).OfType<OperationCall>().Select(call => ("optimizer", call)),
            .. spec.TryGet(ParameterUse.LossScale, out var scale)
                ? [("loss_scale", OperationCall.Parse(scale.ToString()))]
                : Array.Empty<(string, OperationCall)>(),
            .. Metrics(spec).Select(call => ("metric", call)),
            .. Probes(spec).Select(call => ("probe", call)),
        ];

    /// <summary>The initializer of the last weights of residual branches, where it is one of their own.</summary>
    internal static OperationCall? BranchInitialization(Parameters spec) =>
        RunNetwork.HasOwn(spec, ParameterUse.BranchInitialization)
            ? OperationCall.Parse(spec.Text(ParameterUse.BranchInitialization))
            : null;

    /// <summary>What is changed in the middle of a run.</summary>
    internal static IEnumerable<OperationCall> Events(Parameters spec) =>
        spec.TryGet(ParameterUse.MidRun, out _) ? Asked(spec, ParameterUse.MidRun) : [];

    /// <summary>What a run measures besides loss and accuracy.</summary>
    internal static IEnumerable<OperationCall> Metrics(Parameters spec) => Asked(spec, "metrics");

    /// <summary>What a run measures inside its network.</summary>
    internal static IEnumerable<OperationCall> Probes(Parameters spec) => Asked(spec, "probes");

    /// <summary>The optimizer that an event begins, or null.</summary>
    private static OperationCall? Begun(OperationCall call) =>
        RunEventCatalogue.Create(call.Name, [.. call.Arguments]).Optimizer is { } rule
            ? new(rule.Name, rule.Arguments)
            : null;

    private static IReadOnlyList<OperationCall> Asked(Parameters spec, string key) =>
        spec.Text(key) == CallChain.None ? [] : CallChain.Parse(spec.Text(key));

    private static OperationCall Optimizer(Parameters spec) =>
        new(
            spec.Text("optimizer.kind"),
            [.. OptimizerArguments.Where(key => ParameterUse.IsReadByTrain(key, spec)).Select(spec.Number)]
        );
}
