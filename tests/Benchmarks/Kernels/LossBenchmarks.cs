using BenchmarkDotNet.Attributes;
using Pipeline.Networks.Losses;

namespace Pipeline.Benchmarks;

/// <summary>The loss of 128 rows of 10 classes, with its gradient.</summary>
public class LossBenchmarks
{
    private const int Rows = 128;
    private const int Classes = 10;

    private readonly Loss loss = LossCatalogue.Create("softmax_cross_entropy", []);
    private readonly float[] logits = Numbers.Normal(Rows * Classes);
    private readonly int[] labels = Numbers.Labels(Rows, Classes);
    private readonly float[] losses = new float[Rows];
    private readonly float[] dlogits = new float[Rows * Classes];

    [Benchmark]
    public void SoftmaxCrossEntropy() => loss.Apply(logits, labels, Rows, Classes, losses, dlogits);
}
