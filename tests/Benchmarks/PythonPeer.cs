using System.Runtime.Intrinsics.X86;

namespace Pipeline.Benchmarks;

/// <summary>The peers in Python.</summary>
internal static class PythonPeer
{
    private const string Variable = "PIPELINE_PYTHON";

    private static string Python =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : "/usr/bin/python3";

    // What PyTorch, SciPy and their OpenBLAS read. Where AVX-512 is allowed, PyTorch's own kernels are left to its
    // choice, which costs it nothing.
    private static IReadOnlyList<(string Name, string Value)> Settings { get; } =
    [
        ("OPENBLAS_NUM_THREADS", "1"),
        ("OMP_NUM_THREADS", "1"),
        .. Avx512F.IsSupported ? [("OPENBLAS_CORETYPE", "SkylakeX")]
        : Avx2.IsSupported ? [("OPENBLAS_CORETYPE", "Haswell"), ("ATEN_CPU_CAPABILITY", "avx2")]
        : Array.Empty<(string, string)>(),
    ];

    /// <summary>Looks for the library of a script; null and the reason where it is not there.</summary>
    /// <param name="script">The name of the script.</param>
    public static (Peer? Peer, string? Missing) Find(string script) =>
        Peer.Find("peer", [Python, Path.Combine(AppContext.BaseDirectory, script)], Settings);
}
