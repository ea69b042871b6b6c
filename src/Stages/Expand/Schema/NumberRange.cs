using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>A finite number in a range.</summary>
/// <param name="expectation">The range as the middle of a sentence.</param>
/// <param name="contains">Whether a number is in the range.</param>
internal sealed class NumberRange(string expectation, Predicate<double> contains) : ParameterType
{
    /// <inheritdoc/>
    public override string Expectation => expectation;

    /// <inheritdoc/>
    public override Scalar Read(string key, Node node, Vocabulary vocabulary) =>
        node is ScalarNode { Value: { IsNumber: true } number } && contains(number.ToDouble())
            ? number
            : throw Unexpected(key, node);
}
