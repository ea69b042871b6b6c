namespace Pipeline.Expand.Tests;

/// <summary>Claims about the exponent of a power law, <c>log_log_slope</c>.</summary>
public sealed class PowerLawTests
{
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
