using System.Runtime.InteropServices;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;
using Pipeline.Stages.Train.Torch;
using Pipeline.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipeline.Train.Torch.Tests;

/// <summary>What it means that the torch backend agrees with the managed one, and what the tests of it share.</summary>
internal static class Parity
{
    /// <summary>The largest difference, as a share of the largest value of a tensor, or of 0.001 where that is smaller.</summary>
    /// <remarks>
    /// On a GPU ten times as much, since its library may choose convolutions by transforms, which round more often; products in
    /// TF32 would be rounded at 5·10⁻⁴.
    /// </remarks>
    public static float Tolerance => Libtorch.IsGpu ? 1e-4f : 1e-5f;

    private const float Smallest = 1e-3f;

    /// <summary>Where the two differed most since whoever reports it cleared it; null where nothing was compared.</summary>
    public static Difference? Largest { get; set; }

    /// <summary>Throws unless |a − b| ≤ <see cref="Tolerance"/> · max(0.001, ‖b‖∞), with b the managed backend's.</summary>
    /// <param name="managed">b.</param>
    /// <param name="torch">a.</param>
    /// <param name="what">What is compared.</param>
    /// <param name="smallest">What stands for 0.001 where values are differences of larger ones and rounded as these.</param>
    public static void AssertClose(
        ReadOnlySpan<float> managed,
        ReadOnlySpan<float> torch,
        string what,
        float smallest = Smallest
    )
    {
        Assert.Equal(managed.Length, torch.Length);
        var largest = smallest;
        foreach (var value in managed)
            largest = Math.Max(largest, Math.Abs(value));
        for (var i = 0; i < managed.Length; i++)
        {
            var share = Math.Abs(managed[i] - torch[i]) / largest;
            if (Largest is null || !(share <= Largest.Share))
                Largest = new(managed[i], torch[i], share);
            if (!(share <= Tolerance))
                Assert.Fail(
                    $"{what}: element {i} is {managed[i]:R} on the managed backend and {torch[i]:R} on torch, at a largest of {largest:R}."
                );
        }
    }

    /// <summary>As <see cref="AssertClose(ReadOnlySpan{float}, ReadOnlySpan{float}, string, float)"/>, tensor by tensor.</summary>
    public static void AssertClose(IReadOnlyList<NamedTensor> managed, IReadOnlyList<NamedTensor> torch, string what)
    {
        Assert.Equal(managed.Select(t => t.Name), torch.Select(t => t.Name));
        foreach (var (a, b) in managed.Zip(torch))
        {
            Assert.Equal(a.Shape, b.Shape);
            AssertClose(a.Values, b.Values, $"{what}, {a.Name}", SmallestOf(a, managed));
        }
    }

    /// <summary>As <see cref="AssertClose(ReadOnlySpan{float}, ReadOnlySpan{float}, string, float)"/>, for how a network did.</summary>
    public static void AssertClose(BatchResult managed, BatchResult torch, string what)
    {
        AssertClose([(float)managed.MeanLoss], [(float)torch.MeanLoss], $"{what}, loss");
        Assert.Equal((managed.Correct, managed.Rows), (torch.Correct, torch.Rows));
    }

    /// <summary>The same network on both backends.</summary>
    public static (Network Managed, TorchNetwork Torch) Begin(
        NetworkDescription description,
        OptimizerSettings optimizer,
        Operation loss,
        int largestBatch = SampleNetwork.Rows,
        Precision precision = Precision.Float32
    )
    {
        var start = new NetworkStart(
            description,
            InitialWeights.Create(description, seed: 1),
            optimizer,
            loss,
            largestBatch,
            Seed: 1
        )
        {
            Precision = precision,
        };
        return ((Network)Backend.Managed.Begin(start), (TorchNetwork)Libtorch.Backend.Begin(start));
    }

    /// <summary>Copies weights, running statistics and the optimizer's state from the managed backend to torch.</summary>
    public static void Copy(Network managed, TorchNetwork torch)
    {
        using var scope = NewDisposeScope();
        var weights = torch.Weights;
        foreach (var tensor in managed.Tensors())
            Write(tensor, IsRunning(tensor) ? weights.Find(tensor.Name)! : weights.Part(weights.Trained, tensor.Name));
        var state = managed.OptimizerState();
        Assert.Equal(state.Count, torch.Update.State.Length);
        for (var i = 0; i < state.Count; i++)
        {
            foreach (var tensor in state[i])
                Write(tensor, weights.Part(torch.Update.State[i], tensor.Name));
        }
    }

    /// <summary>
    /// As <see cref="AssertClose(ReadOnlySpan{float}, ReadOnlySpan{float}, string, float)"/> for
    /// gradients, tensor by tensor. One of them may be zero but for the rounding of the others, as that of
    /// a shift before another normalization.
    /// </summary>
    public static void AssertGradientsClose(IReadOnlyList<NamedTensor> managed, TorchWeights torch)
    {
        var smallest = 0.1f * managed.SelectMany(gradient => gradient.Values).Select(Math.Abs).DefaultIfEmpty().Max();
        foreach (var (a, b) in managed.Zip(Gradients(torch, managed)))
            AssertClose(a.Values, b.Values, $"gradient of {a.Name}", Math.Max(smallest, Smallest));
    }

    /// <summary>The gradients that the last backward pass of torch left, named and laid out as the managed backend's.</summary>
    private static IReadOnlyList<NamedTensor> Gradients(TorchWeights weights, IReadOnlyList<NamedTensor> managed)
    {
        using var scope = NewDisposeScope();
        return [.. managed.Select(t => t with { Values = Read(weights.Part(weights.Gradients, t.Name)) })];
    }

    /// <summary>A tensor's values.</summary>
    public static float[] Read(Tensor tensor) =>
        MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes).ToArray();

    /// <summary>Standard normal numbers; each index has its own.</summary>
    public static float[] Normals(int length, uint index = 0)
    {
        var values = new float[length];
        new RandomStream(20, RandomPurpose.Data, index).FillNormal(values);
        return values;
    }

    public static int[] Labels(int rows, int classes) =>
        [.. Enumerable.Range(0, rows).Select(i => ((i * 7) + (i / 3)) % classes)];

    // What is averaged has often been centred before, and its mean is then the rounding of values as large as the deviation.
    private static float SmallestOf(NamedTensor tensor, IReadOnlyList<NamedTensor> all) =>
        tensor.Name.EndsWith(".running_mean", StringComparison.Ordinal)
            ? MathF.Sqrt(all.Single(t => t.Name == tensor.Name.Replace("_mean", "_var")).Values.Max())
            : Smallest;

    private static bool IsRunning(NamedTensor tensor) => tensor.Name.Contains(".running_", StringComparison.Ordinal);

    private static void Write(NamedTensor values, Tensor tensor) =>
        tensor.copy_(torch.tensor(values.Values, [.. values.Shape.Select(length => (long)length)]));
}
