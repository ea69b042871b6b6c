using Pipeline.Benchmarks;

namespace Pipeline.Build.Tests;

public sealed class BenchmarkLineTests
{
    [Fact]
    public void A_contest_is_one_line() =>
        Assert.Equal(
            "benchmark fmnist-4x128-bn ours=0.31 peer=1.43 ratio=4.6 gemm_share=0.66",
            new BenchmarkLine("fmnist-4x128-bn", 0.31, 1.426, 0.66).ToString()
        );

    [Fact]
    public void Without_a_peer_there_is_no_ratio() =>
        Assert.Equal(
            "benchmark grid-50 ours=1.2 gemm_share=0.10",
            new BenchmarkLine("grid-50", 1.2, null, 0.0999).ToString()
        );

    [Fact]
    public void Further_peers_stand_at_the_end() =>
        Assert.Equal(
            "benchmark grid-50 ours=1.2 gemm_share=0.10 torchsharp_tuned=2.5 torchsharp=NaN",
            new BenchmarkLine("grid-50", 1.2, null, 0.0999)
            {
                Others = [("torchsharp_tuned", 2.5), ("torchsharp", null)],
            }.ToString()
        );

    [Theory]
    [InlineData(0.00204449, "0.00204")]
    [InlineData(0.0209951, "0.021")]
    [InlineData(0.99951, "1.0")]
    [InlineData(3.4349, "3.43")]
    [InlineData(20.897, "20.9")]
    [InlineData(1234.5, "1234.0")]
    public void Seconds_have_three_digits(double seconds, string text) =>
        Assert.StartsWith(
            $"benchmark x ours={text} ",
            new BenchmarkLine("x", seconds, null, 0.5).ToString(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(2, new double[] { 3, 1, 2 })]
    [InlineData(2.5, new double[] { 4, 1, 2, 3 })]
    [InlineData(7, new double[] { 7 })]
    public void The_median_is_in_the_middle(double median, double[] values) =>
        Assert.Equal(median, BenchmarkLine.Median(values));
}
