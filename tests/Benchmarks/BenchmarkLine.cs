using System.Globalization;

namespace Pipeline.Benchmarks;

/// <summary>
/// The line of a contest that scripts may rely on:
/// <c>benchmark fmnist-4x128-bn ours=0.31 peer=1.44 ratio=4.6 gemm_share=0.66 torchsharp_tuned=0.48 torchsharp=NaN</c>
/// and, behind it, the strongest peer, the spread of both, and what else the times depend on.
/// </summary>
/// <param name="Id">What was timed.</param>
/// <param name="Ours">What our engine takes.</param>
/// <param name="Peers">What the peers that are there take; that of the name peer is compared first.</param>
/// <param name="GemmShare">
/// The share of ours that the matrix products alone would take at the rate of one large product;
/// null where it is not asked for.
/// </param>
internal sealed record BenchmarkLine(string Id, EngineTimes Ours, IReadOnlyList<EngineTimes> Peers, double? GemmShare)
{
    private const string None = "none";

    /// <summary>The names of further peers, whose seconds stand behind the share; NaN where they are not there.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The mean number of cores that other processes used meanwhile; NaN where it is not known.</summary>
    public double OtherCores { get; init; } = double.NaN;

    /// <summary>Texts at the end, such as the versions; null where there is none.</summary>
    public IReadOnlyList<(string Name, string? Value)> Circumstances { get; init; } = [];

    /// <summary>The middle number, or the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The line: seconds to three digits, quotients and cores to two decimals.</summary>
    public override string ToString() =>
        $"benchmark {Id} ours={Seconds(Ours.Median)}{Comparison()}{Share()}"
        + $"{string.Concat(Others.Select(name => $" {Field(name)}"))}{Strongest()} other_cores={OtherCores:0.00}"
        + string.Concat(Circumstances.Select(one => $" {one.Name}={one.Value?.Replace(' ', '_') ?? None}"));

    private string Comparison() => Of("peer") is { } peer ? $" peer={Seconds(peer.Median)} ratio={Ratio(peer)}" : "";

    private string Share() => GemmShare is { } share ? $" gemm_share={share:0.00}" : "";

    private string Field(string name) => $"{name.Replace('-', '_')}={Seconds(Of(name)?.Median)}";

    private string Strongest()
    {
        var strongest = EngineTimes.Strongest(Peers);
        return $" strongest={strongest?.Field ?? None} strongest_ratio={(strongest is null ? "NaN" : Ratio(strongest))}"
            + $" ours_min={Seconds(Ours.Rounds.Min())} ours_max={Seconds(Ours.Rounds.Max())}"
            + $" strongest_min={Seconds(strongest?.Rounds.Min())} strongest_max={Seconds(strongest?.Rounds.Max())}";
    }

    private EngineTimes? Of(string name) => Peers.FirstOrDefault(peer => peer.Name == name);

    private string Ratio(EngineTimes peer) => $"{peer.Median / Ours.Median:0.0#}";

    private static string Seconds(double? seconds)
    {
        if (seconds is not { } value)
            return "NaN";
        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 9);
        return Math.Round(value, decimals).ToString("0.0########", CultureInfo.InvariantCulture);
    }
}
