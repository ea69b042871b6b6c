using Pipeline.Benchmarks;

namespace Pipeline.Build.Tests;

public sealed class BenchmarkLineTests
{
    private const string NoStrongest = "strongest=none strongest_ratio=NaN";

    [Fact]
    public void A_contest_is_one_line() =>
        Assert.Equal(
            "benchmark fmnist-4x128-bn ours=0.31 peer=1.43 ratio=4.6 gemm_share=0.66 strongest=peer strongest_ratio=4.6"
                + " ours_min=0.31 ours_max=0.31 strongest_min=1.43 strongest_max=1.43 other_cores=NaN",
            new BenchmarkLine("fmnist-4x128-bn", Ours(0.31), [new("peer", [1.426])], 0.66).ToString()
        );

    [Fact]
    public void Without_a_peer_there_is_no_ratio() =>
        Assert.Equal(
            $"benchmark grid-50 ours=1.2 gemm_share=0.10 {NoStrongest}"
                + " ours_min=1.1 ours_max=1.4 strongest_min=NaN strongest_max=NaN other_cores=NaN",
            new BenchmarkLine("grid-50", Ours(1.4, 1.1, 1.2), [], 0.0999).ToString()
        );

    [Fact]
    public void Further_peers_stand_behind_the_share() =>
        Assert.StartsWith(
            "benchmark grid-50 ours=1.2 gemm_share=0.10 torchsharp_tuned=2.5 torchsharp=NaN strongest=torchsharp_tuned ",
            new BenchmarkLine("grid-50", Ours(1.2), [new("torchsharp-tuned", [2.5])], 0.0999)
            {
                Others = ["torchsharp-tuned", "torchsharp"],
            }.ToString(),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_spread_is_that_of_the_strongest_peer() =>
        Assert.Equal(
            "benchmark x ours=2.0 peer=9.0 ratio=4.5 torchsharp=8.0 strongest=torchsharp strongest_ratio=4.0"
                + " ours_min=1.0 ours_max=3.0 strongest_min=7.0 strongest_max=20.0 other_cores=NaN",
            new BenchmarkLine("x", Ours(1, 2, 3), [new("torchsharp", [20, 7, 8]), new("peer", [9, 9, 6])], null)
            {
                Others = ["torchsharp"],
            }.ToString()
        );

    [Fact]
    public void What_else_the_times_depend_on_stands_at_the_end_without_spaces() =>
        Assert.EndsWith(
            " other_cores=0.13 cpu=AMD_EPYC_7763 peer_version=none",
            new BenchmarkLine("x", Ours(1), [], null)
            {
                OtherCores = 0.126,
                Circumstances = [("cpu", "AMD EPYC 7763"), ("peer_version", null)],
            }.ToString(),
            StringComparison.Ordinal
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
            new BenchmarkLine("x", Ours(seconds), [], 0.5).ToString(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(2, new double[] { 3, 1, 2 })]
    [InlineData(2.5, new double[] { 4, 1, 2, 3 })]
    [InlineData(7, new double[] { 7 })]
    public void The_median_is_in_the_middle(double median, double[] values) =>
        Assert.Equal(median, BenchmarkLine.Median(values));

    [Fact]
    public void The_strongest_has_the_least_median_though_another_had_the_fastest_round() =>
        Assert.Equal(
            "steady",
            EngineTimes.Strongest([new("lucky", [1, 6, 7]), new("steady", [5, 5, 9]), new("slow", [8, 8, 8])])?.Name
        );

    [Fact]
    public void Without_peers_none_is_the_strongest() => Assert.Null(EngineTimes.Strongest([]));

    [Theory]
    // 1,000 + 20 + 300 + 5 + 7 + 11 hundredths of a second, less 43 of this process and its children.
    [InlineData("cpu  1000 20 300 99999 888 5 7 11 66 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n", 13)]
    [InlineData("cpu  0 0 0 0 0 0 0 0 0 0\n", double.NaN)]
    public void Other_processes_took_what_we_and_our_children_did_not(string machine, double seconds) =>
        Assert.Equal(
            seconds,
            OtherCores.Seconds(machine, "77 (a (b) c) S 1 1 1 0 -1 4194560 500 600 7 8 10 3 20 10 25 5 9 0 1\n")
        );

    [Fact]
    public void Other_processes_never_give_time_back() =>
        Assert.Equal(OperatingSystem.IsLinux(), new OtherCores().Mean() >= 0);

    private static EngineTimes Ours(params double[] rounds) => new("ours", rounds);
}
