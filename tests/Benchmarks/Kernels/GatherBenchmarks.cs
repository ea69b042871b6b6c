using BenchmarkDotNet.Attributes;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Benchmarks;

/// <summary>Gathering and mapping a batch of 128 rows of 784 bytes, out of 10,000 in the order of an epoch.</summary>
public class GatherBenchmarks
{
    private const int Rows = 10_000;
    private const int Features = 784;
    private const int BatchSize = 128;

    private readonly byte[] data = new byte[Rows * Features];
    private readonly float[] shift = Numbers.Normal(Features);
    private readonly float[] scale = Numbers.Normal(Features, 1);
    private readonly int[] order = new int[Rows];
    private readonly float[] inputs = new float[BatchSize * Features];
    private int first;

    [GlobalSetup]
    public void Setup() => BatchOrder.Fill(seed: 0, epoch: 0, order);

    [Benchmark]
    public void Gather()
    {
        for (var i = 0; i < BatchSize; i++)
            RowReader.Map(
                data.AsSpan(order[first + i] * Features, Features),
                shift,
                scale,
                inputs.AsSpan(i * Features, Features)
            );
        first = (first + BatchSize) % (Rows - BatchSize);
    }
}
