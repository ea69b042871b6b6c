using BenchmarkDotNet.Attributes;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Benchmarks;

/// <summary>Inference of a batch before and after batch normalizations are folded into the layers before them.</summary>
public class FoldingBenchmarks
{
    private Network whole = null!;
    private Network folded = null!;
    private float[] inputs = [];
    private float[] logits = [];

    public static IEnumerable<string> Names =>
        Works.All.Where(work => work.Network.Normalization.Name == "batch").Select(work => work.Id);

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var work = Works.Find(Name);
        var tensors = InitialWeights.Create(work.Network, seed: 0);
        whole = Build(work, work.Network, tensors);
        var (description, foldedTensors) = Folding.Fold(work.Network, tensors);
        folded = Build(work, description, foldedTensors);
        inputs = Numbers.Normal(work.BatchSize * work.Network.Input.Values);
        logits = new float[work.BatchSize * work.Network.Classes];
    }

    [Benchmark(Baseline = true)]
    public void Whole() => whole.Logits(inputs, logits);

    [Benchmark]
    public void Folded() => folded.Logits(inputs, logits);

    private static Network Build(Work work, NetworkDescription description, IReadOnlyList<NamedTensor> tensors) =>
        new(
            description,
            tensors,
            new OptimizerSettings(Operation.Of("sgd")),
            Operation.Of("softmax_cross_entropy"),
            work.BatchSize
        );
}
