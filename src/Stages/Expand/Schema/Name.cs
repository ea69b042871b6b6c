using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>One of several names.</summary>
/// <param name="kind">What the names stand for, such as <c>data set</c>.</param>
/// <param name="names">The names.</param>
internal sealed class Name(string kind, Func<Vocabulary, IReadOnlyList<string>> names) : ParameterType
{
    /// <inheritdoc/>
    public override string Expectation => $"the name of {WithArticle(kind)}";

    /// <inheritdoc/>
    public override Scalar Read(string key, Node node, Vocabulary vocabulary)
    {
        if (node is not ScalarNode { Value: { IsText: true } value } text)
            throw Unexpected(key, node);
        var known = names(vocabulary);
        return known.Contains(text.Text, StringComparer.Ordinal)
            ? value
            : throw new StudyException(
                node.Place,
                $"there is no {kind} {Quotation.Of(text.Text)}{Nearest.Hint(text.Text, known)}"
            );
    }
}
