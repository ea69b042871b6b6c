using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Schema;

/// <summary>
/// Moments of a training: numbers of epochs done, 0 being before the first, or <c>all</c>. In
/// parameters <c>0,1,15</c>, ascending.
/// </summary>
internal sealed class Epochs : ParameterType
{
    /// <summary>Every epoch, and the beginning.</summary>
    public const string All = "all";

    private static readonly WholeNumber Epoch = new(0, 100_000);

    /// <inheritdoc/>
    public override string Expectation => "a whole number of epochs from 0, a list of them such as [0, 1, 15], or all";

    /// <inheritdoc/>
    public override Scalar Read(string key, Node node, Vocabulary vocabulary)
    {
        if (node is ScalarNode { Value.IsText: true, Text: All })
            return Scalar.Of(All);
        IEnumerable<Node> all = node is ListNode { Items: [_, ..] items } ? items : [node];
        var epochs = all.Select(item => Epoch.ReadInteger(item) ?? throw Unexpected(key, item)).Distinct().Order();
        return Scalar.Of(string.Join(',', epochs.Select(epoch => CanonicalJson.Number(epoch))));
    }
}
