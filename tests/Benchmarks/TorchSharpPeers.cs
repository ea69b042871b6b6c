using System.Runtime.Intrinsics.X86;
using Pipeline.Artifacts;
using Pipeline.Executors.Workers;

namespace Pipeline.Benchmarks;

/// <summary>
/// The peers on TorchSharp, the strongest first: tuned, with what makes libtorch faster, and as a user writes it. Their program is
/// built when it is asked for.
/// </summary>
internal static class TorchSharpPeers
{
    private static readonly (string Name, string Mode, (string, string)[] Settings)[] Kinds =
    [
        // Freed memory is kept: else the pages of large tensors go back to the system at every step.
        (
            "torchsharp-tuned",
            "tuned",
            [("MALLOC_MMAP_THRESHOLD_", "1073741824"), ("MALLOC_TRIM_THRESHOLD_", "1073741824")]
        ),
        ("torchsharp", "stock", []),
    ];

    /// <summary>Their names in the table.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Kinds.Select(kind => kind.Name)];

    private static (string, string)[] Common { get; } =
    [
        ("OMP_NUM_THREADS", "1"),
        ("MKL_NUM_THREADS", "1"),
        .. Avx2.IsSupported && !Avx512F.IsSupported
            ? [("ATEN_CPU_CAPABILITY", "avx2"), ("MKL_ENABLE_INSTRUCTIONS", "AVX2"), ("ONEDNN_MAX_CPU_ISA", "AVX2")]
            : Array.Empty<(string, string)>(),
    ];

    /// <summary>Builds them; none and the reason where they can't run or be built.</summary>
    public static (IReadOnlyList<Peer> Peers, string? Missing) Find()
    {
        try
        {
            var folder = new TorchBuild(Repository.Root, Console.Out, "tests/Benchmarks/TorchPeer").Folder(
                TorchDevices.Of("cpu", numbers: null)
            );
            var program = Path.Combine(folder, "Pipeline.TorchPeer.dll");
            var found = Array.ConvertAll(
                Kinds,
                kind => Peer.Find(kind.Name, ["dotnet", program, kind.Mode], [.. Common, .. kind.Settings])
            );
            return ([.. found.Select(one => one.Peer).OfType<Peer>()], found[0].Missing);
        }
        catch (PipelineException e)
        {
            return ([], e.Message);
        }
    }
}
