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
        ("optimizer", new OperationCall(spec.Text("optimizer.kind"), [spec.Number("optimizer.momentum")])),
        ("loss", OperationCall.Parse(spec.Text("loss"))),
    ];
}
