using BenchmarkDotNet.Attributes;
using Pipeline.Networks.Activations;

namespace Pipeline.Benchmarks;

/// <summary>Every activation over a batch of 128 rows of 256 values.</summary>
public class ActivationBenchmarks
{
    private const int Length = 128 * 256;

    private readonly float[] x = Numbers.Normal(Length);
    private readonly float[] dy = Numbers.Normal(Length, 1);
    private readonly float[] y = new float[Length];
    private readonly float[] dx = new float[Length];
    private Activation activation = null!;

    public static IEnumerable<string> Names => ActivationCatalogue.Names;

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        activation = ActivationCatalogue.Create(Name, []);
        activation.Forward(x, y);
    }

    [Benchmark]
    public void Forward() => activation.Forward(x, y);

    [Benchmark]
    public void Backward() => activation.Backward(x, y, dy, dx);
}
