using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train.Torch;

/// <summary>
/// The torch forms of a catalogue's operations, by name: each makes the operation of its arguments,
/// of which none is left out.
/// </summary>
/// <param name="kind">What the catalogue holds, such as <c>activation</c>.</param>
/// <param name="parametersOf">The catalogue's parameters of an operation.</param>
/// <param name="validate">Makes the managed form, which throws where an argument is out of range.</param>
internal sealed class TorchTable<T>(
    string kind,
    Func<string, IReadOnlyList<(string Name, double? Default)>> parametersOf,
    Func<string, ReadOnlySpan<double>, object> validate
) : Dictionary<string, Func<double[], T>>(StringComparer.Ordinal)
{
    /// <summary>The torch form of an operation.</summary>
    /// <exception cref="ArgumentException">The catalogue has no such operation, or its arguments are out of range.</exception>
    /// <exception cref="TorchException">The catalogue has it, and this table doesn't.</exception>
    public T Create(Operation operation)
    {
        double[] given = [.. operation.Arguments];
        validate(operation.Name, given);
        return TryGetValue(operation.Name, out var create)
            ? create([.. given, .. parametersOf(operation.Name).Skip(given.Length).Select(p => p.Default!.Value)])
            : throw new TorchException(
                $"The torch backend has no {kind} {operation.Name}: train on the managed backend."
            );
    }
}
