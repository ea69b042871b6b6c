using System.Diagnostics;
using Pipeline.Numerics;

namespace Pipeline.Benchmarks;

/// <summary>The rate at which one core multiplies large matrices: the measure of what a training could take at best.</summary>
internal static class GemmRate
{
    private const int Size = 512;
    private const int Products = 100;

    /// <summary>What is multiplied, and how.</summary>
    public static string Description => $"{Size}×{Size}×{Size}, one thread, {GemmVariants.Best}";

    /// <summary>Floating-point operations a second: the median of many products, after as many to warm up.</summary>
    public static double Measure()
    {
        var (a, b, c) = (new float[Size * Size], new float[Size * Size], new float[Size * Size]);
        Array.Fill(a, 0.5f);
        Array.Fill(b, 0.25f);
        var workspace = new GemmWorkspace();
        var seconds = new double[2 * Products];
        for (var i = 0; i < seconds.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Gemm.Multiply(GemmForm.NN, Size, Size, Size, a, Size, b, Size, c, Size, accumulate: false, workspace);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return 2.0 * Size * Size * Size / BenchmarkLine.Median(seconds[Products..]);
    }
}
