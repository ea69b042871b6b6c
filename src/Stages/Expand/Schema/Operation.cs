using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>An operation of a catalogue, such as <c>relu</c> or <c>leaky_relu(0.2)</c>.</summary>
/// <param name="kind">The kind of the catalogue.</param>
/// <param name="otherwise">A word that may stand in an operation's place; null where there is none.</param>
internal sealed class Operation(string kind, string? otherwise = null) : ParameterType
{
    /// <inheritdoc/>
    public override string Expectation =>
        $"the name of {WithArticle(kind)}, with arguments in parentheses where it takes some"
        + (otherwise is null ? "" : $", or {otherwise}");

    /// <inheritdoc/>
    public override Scalar Read(string key, Node node, Vocabulary vocabulary) =>
        node is not ScalarNode { Value.IsText: true } scalar ? throw Unexpected(key, node)
        : scalar.Text == otherwise ? Scalar.Of(scalar.Text)
        : Scalar.Of(Canonical(scalar.Text, node.Place, vocabulary.Kind(kind)));

    /// <summary>The canonical text of a call: shortest numbers, and no argument that only repeats its default at the end.</summary>
    /// <exception cref="StudyException">There is no such operation, or its arguments don't fit.</exception>
    public static string Canonical(string text, Place place, OperationKind kind)
    {
        var call = Parse(text, place);
        if (!kind.Names.Contains(call.Name, StringComparer.Ordinal))
            throw new StudyException(
                place,
                $"there is no {kind.Kind} {Quotation.Of(call.Name)}{Nearest.Hint(call.Name, kind.Names)}"
            );
        try
        {
            kind.Validate(call.Name, [.. call.Arguments]);
        }
        catch (ArgumentException e)
        {
            throw new StudyException(place, Sentence(e), e);
        }
        var parameters = kind.Parameters(call.Name);
        var count = call.Arguments.Count;
        while (count > 0 && parameters[count - 1].Default.Equals(call.Arguments[count - 1]))
            count--;
        return new OperationCall(call.Name, [.. call.Arguments.Take(count)]).ToString();
    }

    private static OperationCall Parse(string text, Place place)
    {
        try
        {
            return OperationCall.Parse(text);
        }
        catch (FormatException e)
        {
            var isCut = text.Contains('(', StringComparison.Ordinal) && !text.Contains(')', StringComparison.Ordinal);
            var remedy = isCut ? "; its parenthesis is not closed" : "";
            throw new StudyException(
                place,
                $"{Quotation.Of(text)} is not of the form name or name(number, …){remedy}",
                e
            );
        }
    }

    // The runtime appends the parameter's name and the value to what the operation says; the sentence stands before them.
    private static string Sentence(ArgumentException e)
    {
        var end = e.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        var sentence = (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.');
        return sentence.Length == 0 ? "the arguments don't fit" : char.ToLowerInvariant(sentence[0]) + sentence[1..];
    }
}
