using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>Reads what a study says about itself.</summary>
internal static class StudyTexts
{
    /// <summary>The title.</summary>
    /// <exception cref="StudyException">There is none, or it is not one line of text.</exception>
    public static string Title(StudyDocument document)
    {
        var node =
            document.Find(StudyKeys.Title)
            ?? throw new StudyException(
                document.Place,
                "the study has no title; begin with a line such as title: My study"
            );
        return Line(node) ?? throw ParameterType.Unexpected(StudyKeys.Title, "one line of text", node);
    }

    /// <summary>A text that may be left out; if it is, null.</summary>
    /// <exception cref="StudyException">The value is no text.</exception>
    public static string? Optional(StudyDocument document, string key) =>
        document.Find(key) is { } node ? Text(node) ?? throw ParameterType.Unexpected(key, "a text", node) : null;

    /// <summary>Whether the study runs when none is named.</summary>
    /// <exception cref="StudyException">The value is no truth value.</exception>
    public static bool Default(StudyDocument document) =>
        document.Find(StudyKeys.Default) switch
        {
            null => false,
            ScalarNode { Value: { } value } when value == Scalar.Of(true) => true,
            ScalarNode { Value: { } value } when value == Scalar.Of(false) => false,
            var node => throw ParameterType.Unexpected(StudyKeys.Default, "true or false", node),
        };

    /// <summary>One line of text, white space around it left out, or null where the node is something else.</summary>
    public static string? Line(Node node) =>
        Text(node) is { } text && !text.Contains('\n', StringComparison.Ordinal) ? text : null;

    private static string? Text(Node node) =>
        node is ScalarNode { Value.IsText: true } scalar && scalar.Text.Trim() is { Length: > 0 } text ? text : null;
}
