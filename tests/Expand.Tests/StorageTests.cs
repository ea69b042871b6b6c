using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;

namespace Pipeline.Expand.Tests;

public sealed class StorageTests
{
    private const string Narrow = StudyFolder.Minimal + "  storage: float16\n";

    private const string Axes =
        StudyFolder.Minimal + "scientific:\n  storage: [float32, bfloat16]\n  backend: [managed, torch]\n";

    [Fact]
    public void Float32_needs_no_word()
    {
        var tacit = StudyFolder.PlanOf(StudyFolder.Minimal);

        Assert.Equal(
            ArtifactEncoding.Encode(tacit),
            ArtifactEncoding.Encode(StudyFolder.PlanOf(StudyFolder.Minimal + "  storage: float32\n"))
        );
        Assert.DoesNotContain("storage", tacit.Fixed.Keys);
        Assert.DoesNotContain("loss_scale", tacit.Fixed.Keys);
        Assert.Equal("float32", ParameterUse.StorageOf(tacit.Fixed));
    }

    [Theory]
    [InlineData("", "none")]
    [InlineData("  loss_scale: static(1e3)\n", "static(1000)")]
    [InlineData("  loss_scale: dynamic(65536, 200)\n", "dynamic")]
    [InlineData("  loss_scale: dynamic(8, 20)\n", "dynamic(8,20)")]
    public void A_narrow_one_is_part_of_every_run_and_so_is_its_loss_scale(string lossScale, string canonical)
    {
        var run = StudyFolder.PlanOf(Narrow + lossScale).Runs().First().Spec;

        Assert.Equal(("float16", canonical), (ParameterUse.StorageOf(run), run.Text("loss_scale")));
        Assert.True(ParameterUse.IsReadByTrain("storage", run));
        Assert.True(ParameterUse.IsReadByTrain("loss_scale", run));
    }

    [Theory]
    [InlineData(
        "  loss_scale: dynamic\n",
        "loss_scale belongs to storage: float16 or bfloat16, but storage is float32 here"
    )]
    [InlineData("  storage: flaot16\n", "there is no storage 'flaot16'; the nearest is 'float16'")]
    [InlineData(
        "  storage: float16\n  loss_scale: dynamick\n",
        "there is no loss scale 'dynamick'; the nearest is 'dynamic'"
    )]
    public void What_does_not_fit_is_refused(string parameters, string sentence) =>
        Assert.Contains(
            sentence,
            StudyFolder.RefusalOf("title: A study\n" + StudyFolder.Minimal + parameters),
            StringComparison.Ordinal
        );

    [Fact]
    public void Torch_has_no_narrow_storage()
    {
        const string sentence = "the backend torch has no storage float16; change it, or exclude such runs.";
        Assert.Equal(
            $"x.yaml:11:3: {sentence}",
            StudyFolder.RefusalOf("title: A study\n" + Narrow + "  backend: torch\n")
        );
        Assert.EndsWith(sentence, StudyFolder.RefusalOf("title: A study\n" + Narrow, set: ["backend=torch"]));
        Assert.Contains(
            "the backend torch has no storage bfloat16",
            StudyFolder.RefusalOf("title: A study\n" + Axes),
            StringComparison.Ordinal
        );
        Assert.Equal(3, StudyFolder.PlanOf(Axes + "exclude:\n  - {storage: bfloat16, backend: torch}\n").Trials.Count);
    }

    [Theory]
    [InlineData("epoch_end_loss_scale")]
    [InlineData("skipped_steps")]
    public void Claims_know_the_loss_scale_of_a_narrow_storage_alone(string metric)
    {
        var claim = $$"""
            scientific:
              preprocessing: [none, center]
            claims:
              - {says: A, source: B, basis: C, metric: {{metric}}, left: {preprocessing: none}, above: 1}

            """;

        Assert.Single(StudyFolder.PlanOf(Narrow + claim).Claims);
        Assert.EndsWith(
            $"the runs have no {metric}, since their storage is float32.",
            StudyFolder.RefusalOf("title: A study\n" + StudyFolder.Minimal + claim)
        );
    }

    // Both can be columns of one table.
    [Fact]
    public void No_metric_bears_a_parameters_name()
    {
        Assert.DoesNotContain(LossScaleMetrics.Scale, RunParameters.Keys);
        Assert.DoesNotContain(LossScaleMetrics.Skipped, RunParameters.Keys);
    }

    [Fact]
    public void Its_curve_can_be_plotted()
    {
        Assert.Single(StudyFolder.PlanOf(Narrow + "plots: [curves(epoch_end_loss_scale)]\n").Plots!);
        Assert.EndsWith(
            "the runs have no epoch_end_loss_scale, since their storage is float32.",
            StudyFolder.RefusalOf("title: A study\n" + StudyFolder.Minimal + "plots: [curves(epoch_end_loss_scale)]\n")
        );
    }
}
