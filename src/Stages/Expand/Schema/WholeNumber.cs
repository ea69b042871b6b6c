using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>A whole number in a closed range, however it is written: <c>1e3</c> is 1000.</summary>
internal sealed class WholeNumber(int low, int high) : ParameterType
{
    /// <inheritdoc/>
    public override string Expectation => $"a whole number from {low:N0} to {high:N0}";

    /// <inheritdoc/>
    public override Scalar Read(string key, Node node, Vocabulary vocabulary) =>
        ReadInteger(node) is { } value ? Scalar.Of((long)value) : throw Unexpected(key, node);

    /// <summary>The number, or null where the node is none in the range.</summary>
    public int? ReadInteger(Node node)
    {
        if (node is not ScalarNode { Value: { IsNumber: true } number })
            return null;
        var value = number.ToDouble();
        return value >= low && value <= high && value == Math.Floor(value) ? (int)value : null;
    }
}
