using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>Which values a parameter takes, and how one is read.</summary>
internal abstract class ParameterType
{
    /// <summary>The values as the middle of a sentence: <c>a whole number from 1 to 65,536</c>.</summary>
    public abstract string Expectation { get; }

    /// <summary>Reads a value; two texts that mean the same give equal values.</summary>
    /// <exception cref="StudyException">The node is not such a value.</exception>
    public abstract Scalar Read(string key, Node node, Vocabulary vocabulary);

    /// <summary>What to throw for a node of another type or out of range.</summary>
    protected StudyException Unexpected(string key, Node node) => Unexpected(key, Expectation, node);

    /// <summary>What to throw for a node that is not what a key expects.</summary>
    public static StudyException Unexpected(string key, string expectation, Node node) =>
        new(node.Place, $"{key} expects {expectation}, not {node.Description}");

    /// <summary>A noun with its indefinite article.</summary>
    protected static string WithArticle(string noun) =>
        (noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + noun;
}
