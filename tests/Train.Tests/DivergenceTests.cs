using Pipeline.Artifacts;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class DivergenceTests
{
    // Weights with which what is too large for float32 becomes infinite, and then no number.
    private static readonly (string, Scalar)[] Steep =
    [
        ("initialization", Scalar.Of("normal(10)")),
        ("learning_rate", Scalar.Of(1e-9)),
        ("model.depth", Scalar.Of(1L)),
    ];

    [Theory]
    [InlineData(0, null)]
    [InlineData(1e6, null)]
    [InlineData(1000000.0625, "the loss exploded")]
    [InlineData(double.MaxValue, "the loss exploded")]
    [InlineData(double.PositiveInfinity, "the loss is not finite")]
    [InlineData(double.NaN, "the loss is not finite")]
    public void A_loss_diverges_above_a_million(double loss, string? reason) =>
        Assert.Equal(reason, DivergenceLimit.Judge(loss));

    [Theory]
    [InlineData("relu", "none")]
    [InlineData("tanh", "none")]
    [InlineData("sigmoid", "batch")]
    [InlineData("relu", "layer")]
    public void Steps_far_too_large_diverge(string activation, string normalization)
    {
        using var clusters = new Clusters();

        var result = clusters.Run(
            ("activation", Scalar.Of(activation)),
            ("normalization", Scalar.Of(normalization)),
            ("initialization", Scalar.Of("normal(1)")),
            ("learning_rate", Scalar.Of(1e9))
        );

        AssertDiverged(result, epochs: 0);
        Assert.InRange(result.Steps, 2, Clusters.Training / 16);
    }

    [Fact]
    public void A_loss_beyond_the_limit_diverges_before_the_first_update()
    {
        using var far = new Clusters(bytes: false, values => Scale(values, 1e9f));

        var result = far.Run(("model.depth", Scalar.Of(0L)), ("initialization", Scalar.Of("normal(1)")));

        AssertDiverged(result, epochs: 0);
        Assert.Equal((1, "the loss exploded"), (result.Steps, result.Reason));
    }

    [Theory]
    [InlineData(Clusters.Training, 0)]
    [InlineData(Clusters.Rows - 1, Clusters.Test - 1)]
    public void A_row_that_is_not_a_number_is_no_divergence_but_an_error(int row, int named)
    {
        using var broken = new Clusters(bytes: false, values => values[row * Clusters.Features] = float.NaN);

        var e = Assert.Throws<ArgumentException>(() => broken.Run());

        Assert.Contains($"value 0 of row {named} is NaN", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_row_beyond_all_bounds_shows_after_the_epoch()
    {
        using var broken = new Clusters(
            bytes: false,
            values => values.AsSpan(Clusters.Training * Clusters.Features, Clusters.Features).Fill(float.MaxValue)
        );

        var result = broken.Run(Steep);

        AssertDiverged(result, epochs: 0);
        Assert.Equal((Clusters.Training / 16, "the validation loss is not finite"), (result.Steps, result.Reason));
    }

    [Fact]
    public void A_test_row_beyond_all_bounds_shows_at_the_end_and_leaves_the_curves()
    {
        using var broken = new Clusters(
            bytes: false,
            values => values.AsSpan(^Clusters.Features..).Fill(float.MaxValue)
        );
        using var whole = new Clusters(bytes: false);

        var result = broken.Run(Steep);

        AssertDiverged(result, epochs: 4);
        Assert.Equal((4 * (Clusters.Training / 16), "the test loss is not finite"), (result.Steps, result.Reason));
        Assert.Equal(whole.Run(Steep).Curves["train_loss"], result.Curves["train_loss"]);
    }

    [Fact]
    public void A_run_diverges_the_same_way_each_time()
    {
        using var clusters = new Clusters();

        Assert.Equal(Encoded(), Encoded());

        byte[] Encoded() =>
            ArtifactEncoding.Encode(
                clusters.Run(("initialization", Scalar.Of("normal(1)")), ("learning_rate", Scalar.Of(1e9)))
            );
    }

    private static void AssertDiverged(RunResult result, int epochs)
    {
        Assert.Equal(RunOutcome.Diverged, result.Outcome);
        Assert.NotNull(result.Reason);
        Assert.Empty(result.Metrics);
        Assert.Null(result.Weights);
        Assert.All(result.Curves.Values, curve => Assert.Equal(epochs, curve.Length));
    }

    private static void Scale(float[] values, float factor)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] *= factor;
    }
}
