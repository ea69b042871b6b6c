using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

public sealed class EarlyStopTests
{
    private const string Stopping = "  stop: {metric: validation_loss, patience: 3}\n";

    [Fact]
    public void A_run_that_takes_all_epochs_needs_no_word()
    {
        var tacit = StudyFolder.PlanOf(StudyFolder.Minimal);

        Assert.Equal(
            ArtifactEncoding.Encode(tacit),
            ArtifactEncoding.Encode(StudyFolder.PlanOf(StudyFolder.Minimal + "  stop.metric: none\n"))
        );
        Assert.DoesNotContain(tacit.Fixed.Keys, key => key.StartsWith("stop", StringComparison.Ordinal));
    }

    [Fact]
    public void Patience_and_weights_have_defaults_and_are_read_where_a_run_may_stop()
    {
        var run = StudyFolder.PlanOf(StudyFolder.Minimal + "  stop.metric: train_accuracy\n").Runs().First().Spec;
        Assert.Equal((5, "last"), (run.Integer("stop.patience"), run.Text("stop.weights")));

        var both = StudyFolder.PlanOf(StudyFolder.Minimal + "scientific: {stop.metric: [none, validation_loss]}\n");
        Assert.Equal([false, true], both.Runs().Select(r => ParameterUse.IsReadByTrain("stop.patience", r.Spec)));
    }

    [Theory]
    [InlineData("stop.patience: 2", "stop.patience belongs to stop.metric: validation_loss")]
    [InlineData(
        "stop: {metric: validation_los}",
        "there is no stop metric 'validation_los'; the nearest is 'validation_loss'"
    )]
    [InlineData("stop: {metric: validation_loss, patience: 0}", "a whole number from 1")]
    [InlineData("stop: {metric: validation_loss, weights: mean}", "there is no choice of weights 'mean'")]
    public void What_can_t_be_done_is_refused(string line, string sentence) =>
        Assert.Contains(
            sentence,
            StudyFolder.RefusalOf($"title: A study\n{StudyFolder.Minimal}  {line}\n"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("best_epoch")]
    [InlineData("epochs_trained")]
    public void Claims_are_about_epochs_of_runs_that_may_stop(string metric)
    {
        var claim =
            $"scientific: {{normalization: [none, batch]}}\nclaims:\n- {{says: A, source: B, basis: C, metric: {metric}, "
            + "above: 1, left: {normalization: batch}}\n";

        Assert.Equal(metric, StudyFolder.PlanOf(StudyFolder.Minimal + Stopping + claim).Claims.Single().Metric);
        Assert.Contains(
            $"a run has no metric '{metric}'",
            StudyFolder.RefusalOf(StudyFolder.Minimal + claim),
            StringComparison.Ordinal
        );
    }
}
