using System.Runtime.Intrinsics;

namespace Pipeline.Benchmarks;

/// <summary>Times both engines at each row in turn, one after the other, several times, and prints medians.</summary>
internal static class Table
{
    private static readonly Contest[] Contests =
    [
        .. Works.All.Select(work => new TrainingContest(work)),
        new GridContest(),
    ];

    /// <summary>The names of the rows.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. Contests.Select(contest => contest.Id)];

    /// <summary>Prints the rows that the arguments name.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="Pipeline.Artifacts.PipelineException">An argument is wrong, or an engine failed.</exception>
    public static int Run(string[] arguments)
    {
        var options = TableOptions.Parse(arguments, Ids);
        if (options.WithoutAvx512 && Vector512.IsHardwareAccelerated)
            return WithoutAvx512.Run(["table", .. arguments]);
        var (peer, missing) = Peer.Find("peer.py");
        Console.WriteLine(
            peer is null
                ? $"PyTorch is not installed: {missing}; our figures stand alone"
                : $"peer: PyTorch {peer.Version} with "
                    + string.Join(' ', Peer.Settings.Select(setting => $"{setting.Name}={setting.Value}"))
        );
        var folder = Directory.CreateTempSubdirectory("pipeline-benchmark-").FullName;
        try
        {
            double[] rates =
            [
                .. options.Ids.SelectMany(id =>
                    Run(Contests.Single(contest => contest.Id == id), options.Rounds, peer, folder)
                ),
            ];
            Console.WriteLine(
                $"gemm: {BenchmarkLine.Median(rates) / 1e9:0.0} GFLOP/s ({GemmRate.Description}; median of {rates.Length})"
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static List<double> Run(Contest contest, int rounds, Peer? peer, string folder)
    {
        contest.Prepare(folder);
        var (rates, ours, theirs) = (new List<double>(), new List<Measurement>(), new List<Measurement>());
        for (var round = 0; round < rounds; round++)
        {
            rates.Add(GemmRate.Measure());
            ours.Add(contest.TimeOurs());
            if (peer is not null)
                theirs.Add(contest.TimePeer(peer));
        }
        Print(contest, BenchmarkLine.Median(rates), ours, theirs);
        return rates;
    }

    private static void Print(Contest contest, double rate, List<Measurement> ours, List<Measurement> theirs)
    {
        var isAlone = theirs.Count == 0;
        var seconds = Median(ours);
        var share = contest.ProductOperations / contest.Cores / rate / seconds;
        Console.WriteLine(new BenchmarkLine(contest.Id, seconds, isAlone ? null : Median(theirs), share));
        Console.WriteLine($"  final training loss: ours {Loss(ours)}{(isAlone ? "" : $", peer {Loss(theirs)}")}");
        Console.WriteLine($"  seconds: ours {Range(ours)}{(isAlone ? "" : $", peer {Range(theirs)}")}");
        Console.WriteLine(
            $"  products: {contest.ProductOperations / 1e9:0.00} GFLOP, {rate / 1e9:0.0} GFLOP/s a core, cores: {contest.Cores}"
        );
    }

    private static double Median(IEnumerable<Measurement> measurements) =>
        BenchmarkLine.Median(measurements.Select(m => m.Seconds));

    private static string Loss(List<Measurement> measurements) => $"{measurements[^1].Loss:0.00000}";

    private static string Range(List<Measurement> measurements) =>
        $"{measurements.Min(m => m.Seconds):0.000}–{measurements.Max(m => m.Seconds):0.000}";
}
