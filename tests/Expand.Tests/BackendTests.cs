using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

public sealed class BackendTests
{
    private const string Both = StudyFolder.Minimal + "scientific:\n  backend: [managed, torch]\n";

    [Fact]
    public void The_managed_backend_needs_no_word()
    {
        var tacit = StudyFolder.PlanOf(StudyFolder.Minimal);
        var said = StudyFolder.PlanOf(StudyFolder.Minimal + "  backend: managed\n");

        Assert.Equal(ArtifactEncoding.Encode(tacit), ArtifactEncoding.Encode(said));
        Assert.DoesNotContain("backend", tacit.Fixed.Keys);
        Assert.DoesNotContain("precision", tacit.Fixed.Keys);
        Assert.False(tacit.HasOtherBackend());
        Assert.Equal("managed", ParameterUse.BackendOf(tacit.Runs().First().Spec));
    }

    [Fact]
    public void Another_one_is_part_of_every_run_and_so_is_its_precision()
    {
        var plan = StudyFolder.PlanOf(StudyFolder.Minimal, set: ["backend=torch", "precision=bf16"]);

        var run = plan.Runs().First().Spec;
        Assert.Equal("torch", ParameterUse.BackendOf(run));
        Assert.Equal("bf16", run.Text("precision"));
        Assert.True(plan.HasOtherBackend());
        Assert.False(ParameterUse.IsReadByTrain("backend", run));
        Assert.True(ParameterUse.IsReadByTrain("precision", run));
    }

    [Fact]
    public void As_an_axis_it_is_named_in_every_run_and_only_torch_reads_a_precision()
    {
        var plan = StudyFolder.PlanOf(Both);

        Assert.True(plan.HasOtherBackend());
        var runs = plan.Runs().Where(run => run.Seed == 0).Select(run => run.Spec).ToList();
        Assert.Equal(["managed", "torch"], runs.Select(ParameterUse.BackendOf));
        Assert.Equal([false, true], runs.Select(run => ParameterUse.IsReadByTrain("precision", run)));
    }

    [Fact]
    public void A_precision_without_torch_is_refused() =>
        Assert.Contains(
            "precision belongs to backend: torch, but backend is managed here",
            StudyFolder.RefusalOf("title: A study\n" + StudyFolder.Minimal + "  precision: bf16\n"),
            StringComparison.Ordinal
        );

    [Fact]
    public void An_unknown_one_is_refused_with_the_nearest() =>
        Assert.Contains(
            "there is no backend 'troch'; the nearest is 'torch'",
            StudyFolder.RefusalOf("title: A study\n" + StudyFolder.Minimal + "  backend: troch\n"),
            StringComparison.Ordinal
        );
}
