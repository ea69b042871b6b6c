using Pipeline.Artifacts;

namespace Pipeline.Stages.Train;

/// <summary>Which catalogue operations a run uses: their code is part of the run's key, that of others is not.</summary>
public static class RunOperations
{
    /// <summary>The operations that a run's parameters name, each with the kind of its catalogue.</summary>
    /// <exception cref="KeyNotFoundException">A parameter is missing.</exception>
    /// <exception cref="FormatException">An operation is not of the form name or name(number, …).</exception>
    public static IEnumerable<(string Kind, OperationCall Call)> Of(Parameters spec) =>
    [
        ("activation", OperationCall.Parse(spec.Text("activation"))),
        ("initializer", OperationCall.Parse(spec.Text("initialization"))),
        ("normalization", OperationCall.Parse(spec.Text("normalization"))),
        ("optimizer", Optimizer(spec)),
        ("loss", OperationCall.Parse(spec.Text("loss"))),
        .. Chain(spec, "schedule").Select(call => ("schedule", call)),
        .. Metrics(spec).Select(call => ("metric", call)),
        .. Probes(spec).Select(call => ("probe", call)),
    ];

    /// <summary>What a run measures besides loss and accuracy.</summary>
    internal static IEnumerable<OperationCall> Metrics(Parameters spec) => spec.Text("metrics") == "none" ? [] : Chain(spec, "metrics");

    /// <summary>What a run measures inside its network.</summary>
    internal static IEnumerable<OperationCall> Probes(Parameters spec) => spec.Text("probes") == "none" ? [] : Chain(spec, "probes");

    /// <summary>Whether a run with some parameters depends on one of them: others belong to other kinds of network or optimizer.</summary>
    internal static bool Reads(Parameters spec, string key) => key switch
    {
        "probe_epochs" => spec.Text("probes") != "none",
        "model.kernel" or "model.pooling" => spec.Text("model.kind") == "cnn",
        "optimizer.momentum" => !IsAdaptive(spec),
        "optimizer.beta1" or "optimizer.beta2" or "optimizer.epsilon" => IsAdaptive(spec),
        _ => true,
    };

    private static IEnumerable<OperationCall> Chain(Parameters spec, string key) => TopLevel.Split(spec.Text(key), '+').Select(OperationCall.Parse);

    private static OperationCall Optimizer(Parameters spec) => new(
        spec.Text("optimizer.kind"),
        IsAdaptive(spec)
            ? [spec.Number("optimizer.beta1"), spec.Number("optimizer.beta2"), spec.Number("optimizer.epsilon")]
            : [spec.Number("optimizer.momentum")]);

    private static bool IsAdaptive(Parameters spec) => spec.Text("optimizer.kind") is "adam" or "adamw";
}
