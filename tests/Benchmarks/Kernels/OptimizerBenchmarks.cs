using BenchmarkDotNet.Attributes;
using Pipeline.Networks.Optimizers;

namespace Pipeline.Benchmarks;

/// <summary>An update of 300,000 parameters, about those of a perceptron 784-256×2-10, by each optimizer with its defaults.</summary>
public class OptimizerBenchmarks
{
    private const int Length = 300_000;

    private readonly float[] gradient = Numbers.Normal(Length);
    private readonly float[] parameters = Numbers.Normal(Length, 1);
    private float[] state = [];
    private Optimizer optimizer = null!;

    public static IEnumerable<string> Calls => [.. OptimizerCatalogue.Names, "sgd(0.9)"];

    [ParamsSource(nameof(Calls))]
    public string Call { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var call = Artifacts.OperationCall.Parse(Call);
        optimizer = OptimizerCatalogue.Create(call.Name, [.. call.Arguments]);
        state = new float[optimizer.StatePerParameter * Length];
    }

    [Benchmark]
    public void Step() => optimizer.Step(gradient, learningRate: 1e-6f, step: 1, state, parameters);
}
