using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Expand.Tests;

/// <summary>Restarts, events in the middle of a run, and what is measured of both.</summary>
public sealed class StabilityTests
{
    private const string Restarting = "  on_divergence: {restart: last_healthy}\n";
    private const string Claims =
        "scientific: {normalization: [none, batch]}\nclaims:\n- {says: A, source: B, basis: C, above: 1, ";

    [Fact]
    public void What_is_not_asked_for_needs_no_word()
    {
        var tacit = StudyFolder.PlanOf(StudyFolder.Minimal);
        var said = StudyFolder.PlanOf(
            StudyFolder.Minimal + "  on_divergence.restart: none\n  mid_run: none\n  activation_norm: false\n"
        );

        Assert.Equal(ArtifactEncoding.Encode(tacit), ArtifactEncoding.Encode(said));
        Assert.DoesNotContain("mid_run", tacit.Fixed.Keys);
        Assert.DoesNotContain("activation_norm", tacit.Fixed.Keys);
        Assert.DoesNotContain(tacit.Fixed.Keys, key => key.StartsWith("on_divergence", StringComparison.Ordinal));
    }

    [Fact]
    public void What_runs_measure_is_no_axis() =>
        Assert.EndsWith(
            "x.yaml:12:3: activation_norm can't be an axis, since tables have a column of that name for what runs measure; give it one value under fixed.",
            Assert
                .Throws<StudyException>(() =>
                    StudyFolder.PlanOf(StudyFolder.Minimal + "scientific:\n  activation_norm: [false, true]\n")
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_restart_has_a_factor_and_a_limit_which_only_runs_that_restart_read()
    {
        var run = StudyFolder.PlanOf(StudyFolder.Minimal + Restarting).Runs().First().Spec;
        Assert.Equal((0.5, 3), (run.Number("on_divergence.learning_rate"), run.Integer("on_divergence.at_most")));

        var both = StudyFolder.PlanOf(
            StudyFolder.Minimal + "scientific: {on_divergence.restart: [none, last_healthy]}\n"
        );
        Assert.Equal(
            [false, true],
            both.Runs().Select(r => ParameterUse.IsReadByTrain("on_divergence.at_most", r.Spec))
        );
    }

    [Theory]
    [InlineData("on_divergence.at_most: 2", "on_divergence.at_most belongs to on_divergence.restart: last_healthy")]
    [InlineData("on_divergence: {restart: always}", "there is no restart 'always'")]
    [InlineData("on_divergence: {restart: last_healthy, learning_rate: 2}", "a number greater than 0, at most 1")]
    [InlineData("on_divergence: {restart: last_healthy, at_most: 0}", "a whole number from 1")]
    [InlineData("mid_run: to_sgd(5)", "to_sgd takes 3 arguments, not 1")]
    [InlineData("mid_run: to_rmsprop(5, 1)", "there is no event 'to_rmsprop'")]
    [InlineData(
        "mid_run: [\"scale_learning_rate(2, 0.5)\", \"to_sgd(15, 0.1)\"]",
        "x.yaml:11:3: no step follows to_sgd(15,0.1), as a run has 15 epochs here; change it, or exclude such runs"
    )]
    [InlineData(
        "probes: updates\n  probe_epochs: [0, 16]",
        "x.yaml:12:3: after epoch 16 nothing is measured, as a run has 15 epochs here; change it, or exclude such runs"
    )]
    [InlineData(
        "activation_norm: true\n  backend: torch",
        "activation_norm is measured by the backend managed alone, but backend is torch; change it, or exclude such runs"
    )]
    public void What_can_t_be_done_is_refused(string line, string sentence) =>
        Assert.Contains(
            sentence,
            StudyFolder.RefusalOf($"title: A study\n{StudyFolder.Minimal}  {line}\n"),
            StringComparison.Ordinal
        );

    [Fact]
    public void An_event_before_the_last_epoch_is_part_of_the_run() =>
        Assert.Equal(
            "scale_learning_rate(2,0.5)+to_sgd(14,0.1)",
            StudyFolder
                .PlanOf(StudyFolder.Minimal + "  mid_run: scale_learning_rate(2, 0.50)+to_sgd(14, 0.1, 0)\n")
                .Fixed.Text("mid_run")
        );

    [Fact]
    public void Where_epochs_are_an_axis_each_run_must_have_its_events()
    {
        var study =
            StudyFolder.Minimal.Replace("  epochs: 15\n", "", StringComparison.Ordinal)
            + "  mid_run: to_sgd(5, 0.1)\nscientific: {epochs: [5, 6]}\n";

        Assert.Contains(
            "no step follows to_sgd(5,0.1), as a run has 5 epochs here",
            StudyFolder.RefusalOf("title: A study\n" + study),
            StringComparison.Ordinal
        );
        Assert.Single(StudyFolder.PlanOf(study + "exclude: [{epochs: 5}]\n").Runs());
    }

    [Theory]
    [InlineData("restarts", Restarting)]
    [InlineData("activation_norm", "  activation_norm: true\n")]
    [InlineData("lead(activation_norm,train_loss,2)", "  activation_norm: true\n")]
    public void A_claim_of_it_needs_runs_that_have_it(string metric, string asked)
    {
        var claim = $"{Claims}metric: \"{metric}\", left: {{normalization: none}}}}\n";

        Assert.Equal(metric, StudyFolder.PlanOf(StudyFolder.Minimal + asked + claim).Claims.Single().Metric);
        Assert.Contains(
            metric.Contains('(', StringComparison.Ordinal)
                ? "the runs don't measure activation_norm; add activation_norm: true"
                : $"a run has no metric '{metric}'",
            StudyFolder.RefusalOf("title: A study\n" + StudyFolder.Minimal + claim),
            StringComparison.Ordinal
        );
    }
}
