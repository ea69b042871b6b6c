using BenchmarkDotNet.Attributes;
using Pipeline.Numerics;

namespace Pipeline.Benchmarks;

/// <summary>Matrix products at the sizes of a layer's passes: outputs (NT), weight gradients (TN), input gradients (NN).</summary>
public class GemmBenchmarks
{
    private readonly GemmWorkspace workspace = new();
    private float[] a = [],
        b = [],
        c = [];
    private int m,
        n,
        k;

    [Params("128x256x256", "128x784x256", "512x512x512")]
    public string Size { get; set; } = "";

    [Params(GemmForm.NN, GemmForm.TN, GemmForm.NT)]
    public GemmForm Form { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var sizes = Size.Split('x').Select(int.Parse).ToArray();
        (m, k, n) = (sizes[0], sizes[1], sizes[2]);
        (a, b, c) = (Numbers.Normal(m * k), Numbers.Normal(k * n, 1), new float[m * n]);
    }

    [Benchmark]
    public void Multiply() =>
        Gemm.Multiply(
            Form,
            m,
            n,
            k,
            a,
            Form == GemmForm.TN ? m : k,
            b,
            Form == GemmForm.NT ? k : n,
            c,
            n,
            accumulate: false,
            workspace
        );
}
