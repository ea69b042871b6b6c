using BenchmarkDotNet.Attributes;
using Pipeline.Networks.Normalizations;

namespace Pipeline.Benchmarks;

/// <summary>Every normalization of a batch of 128 rows of 256 features.</summary>
public class NormalizationBenchmarks
{
    private const int Rows = 128;
    private const int Features = 256;

    private readonly float[] x = Numbers.Normal(Rows * Features);
    private readonly float[] dy = Numbers.Normal(Rows * Features, 1);
    private readonly float[] y = new float[Rows * Features];
    private readonly float[] dx = new float[Rows * Features];
    private readonly float[] scale = Numbers.Normal(Features, 2);
    private readonly float[] shift = Numbers.Normal(Features, 3);
    private readonly float[] runningMean = new float[Features];
    private readonly float[] runningVariance = new float[Features];
    private readonly float[] dscale = new float[Features];
    private readonly float[] dshift = new float[Features];
    private float[] saved = [];
    private Normalization normalization = null!;

    private static readonly BatchShape Shape = new(Rows, Pixels: 1, Features);

    public static IEnumerable<string> Names =>
        NormalizationCatalogue.Names.Where(name => Create(name).Misfit(new(Features)) is null);

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    private NormalizationTensors Tensors => new(scale, shift, runningMean, runningVariance);

    [GlobalSetup]
    public void Setup()
    {
        normalization = Create(Name);
        saved = new float[normalization.SavedLength(Shape)];
        Forward();
    }

    [Benchmark]
    public void Forward() => normalization.Forward(x, Tensors, Shape, y, saved);

    [Benchmark]
    public void Backward() => normalization.Backward(x, Tensors, saved, dy, Shape, dx, dscale, dshift);

    private static Normalization Create(string name) =>
        NormalizationCatalogue.Create(
            name,
            [.. NormalizationCatalogue.Parameters(name).Select(parameter => parameter.Default ?? 8)]
        );
}
