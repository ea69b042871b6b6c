using Pipeline.Artifacts;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class ProbeNamesTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Fact]
    public void Probes_tell_the_names_of_what_they_measure() =>
        Assert.All(
            ProbeCatalogue.Names,
            probe =>
            {
                var result = clusters.Run(
                    ("probes", Scalar.Of(probe)),
                    ("probe_epochs", Scalar.Of("0,1")),
                    ("model.width", Scalar.Of(2L))
                );
                var measured = result.Probes!.SelectMany(layer => layer.Values.Keys).ToHashSet(StringComparer.Ordinal);

                var names = ProbeCatalogue.Create(probe, []).Names;

                Assert.NotEmpty(measured);
                Assert.Subset(names.ToHashSet(StringComparer.Ordinal), measured);
                Assert.Equal(names, names.Distinct(StringComparer.Ordinal));
            }
        );
}
