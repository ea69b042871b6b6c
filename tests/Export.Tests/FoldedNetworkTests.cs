using Pipeline.Networks.Descriptions;
using Pipeline.Tests;

namespace Pipeline.Export.Tests;

/// <summary>A network is exported folded only where there is something to fold and the logits stay.</summary>
public sealed class FoldedNetworkTests
{
    private const int Steps = 100;

    [Theory]
    [InlineData(typeof(MlpDescription))]
    [InlineData(typeof(CnnDescription))]
    [InlineData(typeof(ResMlpDescription))]
    [InlineData(typeof(ResCnnDescription))]
    public void The_logits_move_by_a_tenth_of_what_is_accepted_at_most(Type kind)
    {
        var network = ExportedNetworkTests.Trained(Sample(kind, "batch"), Steps);

        var folded = FoldedNetwork.Of(network);

        Assert.Equal(0, FoldedNetwork.Difference(network));
        Assert.InRange(FoldedNetwork.Difference(folded), 1e-9f, FoldedNetwork.Tolerance / 10);
        Assert.Same(network.TestLogits, folded.TestLogits);
        Assert.DoesNotContain(folded.Description.Layers(), layer => layer is NormalizationDescription);
        Assert.DoesNotContain(
            folded.Tensors,
            tensor => tensor.Name.Contains("normalization", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(0.001f)]
    [InlineData(-0.001f)]
    [InlineData(float.NaN)]
    public void Logits_that_move_are_refused(float shift)
    {
        var network = ExportedNetworkTests.Trained(Sample(typeof(MlpDescription), "batch"), Steps);
        var scale = Math.Max(1, network.TestLogits.Max(Math.Abs));
        var logits = network.TestLogits.ToArray();
        logits[^1] += shift * scale;

        var e = Assert.Throws<NotSupportedException>(() => FoldedNetwork.Of(network with { TestLogits = logits }));

        Assert.StartsWith("folding moves its logits by ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            " of the largest, and 1.0e-4 is the most that is accepted: leave out --folded.",
            e.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("none", NormalizationPosition.BeforeActivation)]
    [InlineData("layer", NormalizationPosition.BeforeActivation)]
    [InlineData("batch", NormalizationPosition.AfterActivation)]
    public void A_network_without_anything_to_fold_is_refused(string normalization, NormalizationPosition position)
    {
        var sample = Sample(typeof(MlpDescription), normalization);
        var network = ExportedNetworkTests.Trained(
            sample with
            {
                Description = sample.Description with { Position = position },
            }
        );

        var e = Assert.Throws<NotSupportedException>(() => FoldedNetwork.Of(network));

        Assert.Contains("nothing to fold", e.Message, StringComparison.Ordinal);
    }

    private static SampleNetwork Sample(Type kind, string normalization) =>
        SampleNetworks.All.First(sample =>
            sample.Description.GetType() == kind
            && sample.Description.Activation.Name == "tanh"
            && sample.Description.Normalization.Name == normalization
            && sample.Description.Position == NormalizationPosition.BeforeActivation
        );
}
