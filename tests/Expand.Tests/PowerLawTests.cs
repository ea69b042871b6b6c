namespace Pipeline.Expand.Tests;

/// <summary>Claims about the exponent of a power law, <c>log_log_slope</c>.</summary>
public sealed class PowerLawTests
{
    [Fact]
    public void The_values_of_a_change_may_be_written_as_those_of_their_axis()
    {
        const string Text =
            "scientific: {learning_rate: [0.01, 1], preprocessing: [none, center+scale_to_range]}\nclaims:\n"
            + "- {says: A, source: B, basis: C, metric: 'change(test_loss, learning_rate, 1e-2, 1.0)', left: {preprocessing: none}, above: 0}\n"
            + "- {says: D, source: B, basis: C, metric: 'change(test_loss, preprocessing, none, center+scale_to_range(0, 1))', "
            + "left: {learning_rate: 1}, above: 0}\n";

        Assert.Equal(
            ["change(test_loss,learning_rate,0.01,1)", "change(test_loss,preprocessing,none,center+scale_to_range)"],
            StudyFolder
                .PlanOf(StudyFolder.Minimal.Replace("  learning_rate: 0.1\n", "", StringComparison.Ordinal) + Text)
                .Claims.Select(claim => claim.Metric)
        );
    }

    [Theory]
    [InlineData("model.width", "[8, 16, 64]", null)]
    [InlineData("model.width", "[8, 16]", "8, 16")]
    [InlineData("optimizer.weight_decay", "[0, 0.01, 0.1]", "0, 0.01, 0.1")]
    public void An_exponent_is_fitted_to_three_numbers_above_0_or_more(string axis, string values, string? refused)
    {
        var text =
            StudyFolder.Minimal.Replace(
                ", width: 64",
                axis == "model.width" ? "" : ", width: 64",
                StringComparison.Ordinal
            )
            + $"scientific: {{{axis}: {values}}}\n"
            + $"claims: [{{says: A, source: B, basis: C, metric: 'log_log_slope(test_loss, {axis})', left: {{}}, below: -0.5}}]";

        if (refused is null)
            Assert.Equal($"log_log_slope(test_loss,{axis})", Assert.Single(StudyFolder.PlanOf(text).Claims).Metric);
        else
            Assert.Equal(
                $"x.yaml:12:49: a log_log_slope is over an axis of three or more numbers above 0, but {axis} is {refused}.",
                StudyFolder.RefusalOf("title: A\n" + text)
            );
    }
}
