namespace Pipeline.Artifacts.Tests;

public sealed class ClaimMetricTests
{
    [Theory]
    [InlineData("test_accuracy", "test_accuracy")]
    [InlineData(" test_top( 3.0 ) ", "test_top(3)")]
    [InlineData("epochs_to(train_loss, 0.50)", "epochs_to(train_loss,0.5)")]
    [InlineData("probe(weight_gradient_norm, first, 0)", "probe(weight_gradient_norm,first,0)")]
    [InlineData("probe(dead_share, 03, last)", "probe(dead_share,3,last)")]
    [InlineData("first_to_last(weight_gradient_norm, 0)", "first_to_last(weight_gradient_norm,0)")]
    [InlineData("lead(activation_norm, train_loss, 2.0)", "lead(activation_norm,train_loss,2)")]
    [InlineData("slope(test_accuracy, model.depth)", "slope(test_accuracy,model.depth)")]
    [InlineData(
        "log_slope( probe(weight_gradient_norm, mean, 1), model.depth )",
        "log_slope(probe(weight_gradient_norm,mean,1),model.depth)"
    )]
    [InlineData("log_log_slope(train_loss, model.width)", "log_log_slope(train_loss,model.width)")]
    [InlineData(
        "change(test_accuracy, preprocessing, standardize, standardize+scale_to_range(0,2))",
        "change(test_accuracy,preprocessing,standardize,standardize+scale_to_range(0,2))"
    )]
    public void A_metric_has_one_canonical_text(string text, string canonical)
    {
        var metric = ClaimMetric.Parse(text);

        Assert.Equal(canonical, metric.ToString());
        Assert.Equal(metric, ClaimMetric.Parse(canonical));
    }

    [Fact]
    public void A_slope_names_the_number_that_it_is_made_of()
    {
        var metric = ClaimMetric.Parse("log_slope(epochs_to(train_loss, 0.5), model.depth)");

        Assert.Equal(new EpochsTo("train_loss", 0.5), metric.Run);
        Assert.Equal("model.depth", metric.Axis);
        Assert.True(metric.IsLog);
        Assert.False(metric.IsLogAxis);
    }

    [Theory]
    [InlineData("")]
    [InlineData("test accuracy")]
    [InlineData("test_top(3")]
    [InlineData("test_top(three)")]
    [InlineData("mean(test_accuracy)")]
    [InlineData("epochs_to(train_loss)")]
    [InlineData("epochs_to(train_speed, 0.5)")]
    [InlineData("epochs_to(train_loss, soon)")]
    [InlineData("epochs_to(train_loss, NaN)")]
    [InlineData("lead(train_loss, 2)")]
    [InlineData("lead(train_loss, activation_norm, 1)")]
    [InlineData("lead(train_loss, activation_norm, twice)")]
    [InlineData("lead(train loss, activation_norm, 2)")]
    [InlineData("probe(dead_share, 0, 1)")]
    [InlineData("probe(dead_share, median, 1)")]
    [InlineData("probe(dead_share, first, -1)")]
    [InlineData("probe(dead_share, first)")]
    [InlineData("probe(, first, 1)")]
    [InlineData("first_to_last(dead_share, end)")]
    [InlineData("change(test_accuracy, activation)")]
    [InlineData("change(test_accuracy, activation, relu, relu)")]
    [InlineData("change(test_accuracy, , relu, tanh)")]
    [InlineData("change(slope(test_accuracy, model.depth), activation, relu, tanh)")]
    [InlineData("slope(test_accuracy)")]
    [InlineData("slope(test_accuracy, )")]
    [InlineData("log_log_slope(test_accuracy)")]
    [InlineData("log_log_log_slope(test_accuracy, model.depth)")]
    [InlineData("slope(slope(test_accuracy, model.depth), model.width)")]
    public void What_is_no_metric_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ClaimMetric.Parse(text));

    [Fact]
    public void A_form_that_is_not_known_is_answered_with_those_that_are() =>
        Assert.Equal(
            "there is no metric of the form 'mean(…)'; "
                + "the forms are epochs_to(curve, number), lead(curve, curve, factor), probe(name, layer, epoch), first_to_last(name, epoch), "
                + "slope(metric, axis), log_slope(metric, axis), log_log_slope(metric, axis) and change(metric, axis, from, to)",
            Assert.Throws<FormatException>(() => ClaimMetric.Parse("mean(test_accuracy)")).Message
        );

    [Theory]
    [InlineData("test_accuracy", true)]
    [InlineData("test_top(3)", true)]
    [InlineData("train_loss", false)]
    [InlineData("activation_norm", false)]
    [InlineData("restarts", false)]
    public void A_share_has_a_worst_value(string name, bool isShare) =>
        Assert.Equal(isShare, Assert.IsType<PlainMetric>(RunMetric.Parse(name)).IsShare);
}
