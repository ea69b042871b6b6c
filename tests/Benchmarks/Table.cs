using System.Runtime.Intrinsics;

namespace Pipeline.Benchmarks;

/// <summary>Times our engine and its peers at each row in turn, one after the other, several times, and prints medians.</summary>
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
        Console.WriteLine(Machine.Sentence);
        var peers = Peers(options.WithTorchSharp);
        var folder = Directory.CreateTempSubdirectory("pipeline-benchmark-").FullName;
        try
        {
            double[] rates =
            [
                .. options.Ids.SelectMany(id =>
                    Run(Contests.Single(contest => contest.Id == id), options.Rounds, peers, folder)
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

    /// <summary>Finds the peers, the strongest first, and tells which there are.</summary>
    private static List<Peer> Peers(bool withTorchSharp)
    {
        var (python, missing) = PythonPeer.Find("peer.py");
        Console.WriteLine(
            python is null
                ? $"PyTorch is not installed: {missing}{(withTorchSharp ? "" : "; our figures stand alone")}"
                : Sentence(python, "PyTorch")
        );
        var peers = new List<Peer>();
        if (withTorchSharp)
        {
            var (found, reason) = TorchSharpPeers.Find();
            peers.AddRange(found);
            Console.WriteLine(
                reason is null
                    ? string.Join('\n', found.Select(peer => Sentence(peer, "TorchSharp")))
                    : $"{string.Join(", ", TorchSharpPeers.Names)}: {reason}"
            );
        }
        if (python is not null)
            peers.Add(python);
        return peers;
    }

    private static string Sentence(Peer peer, string library) =>
        $"{peer.Name}: {library} {peer.Version} with "
        + string.Join(' ', peer.Settings.Select(setting => $"{setting.Name}={setting.Value}"));

    private static List<double> Run(Contest contest, int rounds, List<Peer> peers, string folder)
    {
        contest.Prepare(folder);
        var (rates, ours) = (new List<double>(), new List<Measurement>());
        var theirs = peers.ConvertAll(peer => (Peer: peer, Measurements: new List<Measurement>()));
        var others = new OtherCores();
        for (var round = 0; round < rounds; round++)
        {
            rates.Add(GemmRate.Measure());
            ours.Add(contest.TimeOurs());
            foreach (var (peer, measurements) in theirs)
                measurements.Add(contest.TimePeer(peer));
        }
        Print(contest, BenchmarkLine.Median(rates), ours, theirs, others.Mean());
        return rates;
    }

    private static void Print(
        Contest contest,
        double rate,
        List<Measurement> ours,
        List<(Peer Peer, List<Measurement> Measurements)> theirs,
        double otherCores
    )
    {
        var seconds = Median(ours);
        var share = contest.ProductOperations / contest.Cores / rate / seconds;
        string? Version(string name) => theirs.FirstOrDefault(one => one.Peer.Name == name).Peer?.Version;
        EngineTimes[] peers = [.. theirs.Select(one => Times(one.Peer.Name, one.Measurements))];
        Console.WriteLine(
            new BenchmarkLine(contest.Id, Times("ours", ours), peers, share)
            {
                Others = TorchSharpPeers.Names,
                OtherCores = otherCores,
                Circumstances =
                [
                    .. Machine.Fields,
                    ("peer_version", Version("peer")),
                    ("torchsharp_version", Version(TorchSharpPeers.Names[0])),
                ],
            }
        );
        Console.WriteLine($"  final training loss: ours {Loss(ours)}{Each(theirs, Loss)}");
        Console.WriteLine($"  seconds: ours {Range(ours)}{Each(theirs, Range)}");
        if (EngineTimes.Strongest(peers) is { } strongest)
        {
            Console.WriteLine(
                $"  times ours: {Each(theirs, theirs => $"{Median(theirs) / seconds:0.0#}")[2..]}; strongest: {strongest.Name}"
            );
        }
        Console.WriteLine(
            $"  products: {contest.ProductOperations / 1e9:0.00} GFLOP, {rate / 1e9:0.0} GFLOP/s a core, cores: {contest.Cores}; "
                + $"other processes used {otherCores:0.00} cores"
        );
    }

    // Debian's PyTorch stands first, where scripts look for it.
    private static string Each(
        List<(Peer Peer, List<Measurement> Measurements)> theirs,
        Func<List<Measurement>, string> text
    ) =>
        string.Concat(
            theirs.OrderBy(one => one.Peer.Name != "peer").Select(one => $", {one.Peer.Name} {text(one.Measurements)}")
        );

    private static EngineTimes Times(string name, List<Measurement> measurements) =>
        new(name, [.. measurements.Select(m => m.Seconds)]);

    private static double Median(IEnumerable<Measurement> measurements) =>
        BenchmarkLine.Median(measurements.Select(m => m.Seconds));

    private static string Loss(List<Measurement> measurements) => $"{measurements[^1].Loss:0.00000}";

    private static string Range(List<Measurement> measurements) =>
        $"{measurements.Min(m => m.Seconds):0.000}–{measurements.Max(m => m.Seconds):0.000}";
}
