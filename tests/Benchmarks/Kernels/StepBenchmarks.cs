using BenchmarkDotNet.Attributes;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Benchmarks;

/// <summary>A training step of each network of the table: forward, backward, update.</summary>
public class StepBenchmarks
{
    private Network network = null!;
    private float[] inputs = [];
    private int[] labels = [];

    public static IEnumerable<string> Names => Works.All.Select(work => work.Id);

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var work = Works.Find(Name);
        network = new Network(
            work.Network,
            InitialWeights.Create(work.Network, seed: 0),
            new OptimizerSettings(Operation.Of("sgd", work.Momentum)),
            Operation.Of("softmax_cross_entropy"),
            work.BatchSize
        );
        inputs = Numbers.Normal(work.BatchSize * work.Network.Input.Values);
        labels = Numbers.Labels(work.BatchSize, work.Network.Classes);
    }

    [Benchmark]
    public BatchResult TrainStep() => network.TrainStep(inputs, labels, learningRate: 0.01f);
}
