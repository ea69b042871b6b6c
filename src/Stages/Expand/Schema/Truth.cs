using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>Whether something is so.</summary>
internal sealed class Truth : ParameterType
{
    /// <inheritdoc/>
    public override string Expectation => "true or false";

    /// <inheritdoc/>
    public override Scalar Read(string key, Node node, Vocabulary vocabulary) =>
        node is ScalarNode { Value: { IsText: false, IsNumber: false } value } ? value : throw Unexpected(key, node);
}
