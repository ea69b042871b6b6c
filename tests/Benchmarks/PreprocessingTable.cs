using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Pipeline.Benchmarks;

/// <summary>
/// Has both engines preprocess Fashion-MNIST in turn, several times, and prints medians. The peer is
/// scikit-learn, which writes float32; where each feature is mapped by itself, ours keeps bytes and a map, which
/// is applied when a batch is gathered.
/// </summary>
internal static class PreprocessingTable
{
    // Where scikit-learn can decompose the covariance, as we do, instead of all rows.
    private const string CovarianceChain = "whiten_pca_of_covariance";
    private static readonly Version CovarianceVersion = new(1, 5);

    private static readonly Dictionary<string, string> Chains = new(StringComparer.Ordinal)
    {
        ["fmnist-standardize"] = "standardize",
        ["fmnist-whiten-pca"] = "whiten_pca",
    };

    /// <summary>The names of the rows.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. Chains.Keys];

    /// <summary>Prints the rows that the arguments name.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="Pipeline.Artifacts.PipelineException">An argument is wrong, or an engine failed.</exception>
    public static int Run(string[] arguments)
    {
        var options = TableOptions.Parse(arguments, Ids);
        if (options.WithoutAvx512 && Vector512.IsHardwareAccelerated)
            return WithoutAvx512.Run(["preprocess", .. arguments]);
        Console.WriteLine(Machine.Sentence);
        var (peer, missing) = PythonPeer.Find("preprocessing_peer.py");
        Console.WriteLine(
            peer is null
                ? $"scikit-learn is not installed: {missing}; our figures stand alone"
                : $"peer: scikit-learn {peer.Version} with "
                    + string.Join(' ', peer.Settings.Select(setting => $"{setting.Name}={setting.Value}"))
        );
        var root = Directory.CreateTempSubdirectory("pipeline-benchmark-").FullName;
        try
        {
            var clock = Stopwatch.StartNew();
            var folder = new PreparationFolder(root);
            folder.Write();
            Console.WriteLine(
                $"reading the published files and writing them decoded: {clock.Elapsed.TotalSeconds:0.00} s, not part of what follows"
            );
            Console.WriteLine(
                "ours: from the start of the process to its end; peer: without start and imports; both on one core"
            );
            foreach (var id in options.Ids)
                Run(id, options.Rounds, peer, folder);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
        return 0;
    }

    private static void Run(string id, int rounds, Peer? peer, PreparationFolder folder)
    {
        var chain = Chains[id];
        var hasCovariance =
            chain == "whiten_pca" && Version.TryParse(peer?.Version, out var version) && version >= CovarianceVersion;
        var (ours, theirs, covariance) = (new List<Preparation>(), new List<Preparation>(), new List<Preparation>());
        var others = new OtherCores();
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(folder.TimeOurs(chain));
            if (peer is not null)
                theirs.Add(folder.TimePeer(peer, chain));
            if (hasCovariance)
                covariance.Add(folder.TimePeer(peer!, CovarianceChain));
        }
        EngineTimes[] peers =
        [
            .. new[] { Times("peer", theirs), Times("peer-covariance", covariance) }.Where(one => one.Rounds.Count > 0),
        ];
        Console.WriteLine(
            new BenchmarkLine(id, Times("ours", ours), peers, GemmShare: null)
            {
                OtherCores = others.Mean(),
                Circumstances = [.. Machine.Fields, ("peer_version", peer?.Version)],
            }
        );
        Print("ours", ours);
        Print("peer", theirs);
        Print("peer, by the covariance", covariance);
    }

    private static void Print(string engine, List<Preparation> preparations)
    {
        if (preparations is not [var first, ..])
            return;
        var range = $"{preparations.Min(p => p.Seconds):0.000}–{preparations.Max(p => p.Seconds):0.000}";
        var peak = Megabytes(preparations.Max(p => p.PeakBytes));
        Console.WriteLine(
            $"  {engine}: {range} s, peak memory {peak}, prepared data {Megabytes(first.FileBytes)}, "
                + $"mean square of held-out rows {first.MeanSquare:0.00000}"
        );
    }

    private static EngineTimes Times(string name, List<Preparation> preparations) =>
        new(name, [.. preparations.Select(p => p.Seconds)]);

    private static string Megabytes(long bytes) => $"{bytes / 1e6:0} MB";
}
