namespace Pipeline.Expand.Tests;

/// <summary>Runs whose network can't be built are refused where the study says so, before anything is trained.</summary>
public sealed class NetworkTests
{
    private static readonly string Wine = StudyFolder.Minimal.Replace(
        "dataset: digits",
        "dataset: wine",
        StringComparison.Ordinal
    );

    [Fact]
    public void A_network_that_can_not_be_built_is_refused_at_the_parameter_to_change() =>
        Assert.Equal(
            "x.yaml:4:11: with model.kind cnn a run can't be trained: Wines have no pixels; change it, or exclude such runs.",
            StudyFolder.RefusalOf("title: A\n" + Wine.Replace("kind: mlp", "kind: cnn", StringComparison.Ordinal))
        );

    [Fact]
    public void A_network_of_an_excluded_run_is_not_asked_for()
    {
        var study =
            Wine.Replace(
                "model: {kind: mlp, depth: 6, width: 64}",
                "model: {depth: 6, width: 64}",
                StringComparison.Ordinal
            ) + "scientific:\n  model.kind: [mlp, cnn]\nexclude: [{model.kind: cnn}]\n";
        Assert.Single(StudyFolder.PlanOf(study).Trials);
    }
}
