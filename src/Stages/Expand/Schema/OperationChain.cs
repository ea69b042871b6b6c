using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>
/// Operations that follow one another, written <c>center+scale_to_range(0,1)</c> or as a list; <c>none</c> is the empty chain, where
/// there may be one.
/// </summary>
/// <param name="kind">The kind of their catalogue.</param>
/// <param name="isSet">Whether each stands once.</param>
/// <param name="mayBeEmpty">Whether there may be none.</param>
internal sealed class OperationChain(string kind, bool isSet = false, bool mayBeEmpty = false) : ParameterType
{
    private const int MaxLength = 16;

    /// <inheritdoc/>
    public override string Expectation => $"one {kind}, or several of them joined by '+' or in a list";

    /// <inheritdoc/>
    public override Scalar Read(string key, Node node, Vocabulary vocabulary)
    {
        var parts = node switch
        {
            ScalarNode { Value.IsText: true, Text: var text } => CallChain
                .Split(text)
                .Select(part => (Text: part.Trim(), node.Place))
                .ToArray(),
            ListNode { Items: [_, ..] items } when items.All(item => item is ScalarNode { Value.IsText: true }) =>
            [
                .. items.Select(item => (((ScalarNode)item).Text, item.Place)),
            ],
            _ => throw Unexpected(key, node),
        };
        if (parts.Length > MaxLength)
            throw new StudyException(
                node.Place,
                $"{key} expects at most {MaxLength} operations in a row, not {parts.Length}"
            );
        if (
            mayBeEmpty
            && parts.Length > 1
            && parts.FirstOrDefault(part => part.Text == CallChain.None) is { Text: not null } none
        )
            throw new StudyException(
                none.Place,
                $"in {key}, '{CallChain.None}' stands alone; leave it out of the chain"
            );
        if (mayBeEmpty && parts is [{ Text: CallChain.None }])
            return Scalar.Of(CallChain.None);
        var catalogue = vocabulary.Kind(kind);
        var chain = new List<string>();
        foreach (var (text, place) in parts)
        {
            var operation = Operation.Canonical(text, place, catalogue);
            if (isSet && chain.Contains(operation, StringComparer.Ordinal))
                throw new StudyException(place, $"{key} has {operation} twice; once is enough");
            chain.Add(operation);
        }
        return Scalar.Of(string.Join(CallChain.Separator, chain));
    }
}
