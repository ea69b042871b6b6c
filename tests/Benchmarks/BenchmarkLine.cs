using System.Globalization;

namespace Pipeline.Benchmarks;

/// <summary>
/// The line of a contest that scripts may rely on:
/// <c>benchmark fmnist-4x128-bn ours=0.31 peer=1.44 ratio=4.6 gemm_share=0.66 torchsharp_tuned=0.48 torchsharp=NaN</c>.
/// </summary>
/// <param name="Id">What was timed.</param>
/// <param name="Ours">Seconds that our engine takes.</param>
/// <param name="Peer">Seconds that the peer takes; null where it is not there.</param>
/// <param name="GemmShare">
/// The share of ours that the matrix products alone would take at the rate of one large product;
/// null where it is not asked for.
/// </param>
internal sealed record BenchmarkLine(string Id, double Ours, double? Peer, double? GemmShare)
{
    /// <summary>Seconds that further peers take, which stand at the end; NaN where they are not there.</summary>
    public IReadOnlyList<(string Name, double? Seconds)> Others { get; init; } = [];

    /// <summary>The middle number, or the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The line: seconds to three digits, quotients to two decimals.</summary>
    public override string ToString() =>
        $"benchmark {Id} ours={Seconds(Ours)}{Comparison()}{Share()}{string.Concat(Others.Select(Field))}";

    private string Comparison() => Peer is { } peer ? $" peer={Seconds(peer)} ratio={peer / Ours:0.0#}" : "";

    private string Share() => GemmShare is { } share ? $" gemm_share={share:0.00}" : "";

    private static string Field((string Name, double? Seconds) other) =>
        $" {other.Name}={(other.Seconds is { } seconds ? Seconds(seconds) : "NaN")}";

    private static string Seconds(double value)
    {
        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 9);
        return Math.Round(value, decimals).ToString("0.0########", CultureInfo.InvariantCulture);
    }
}
