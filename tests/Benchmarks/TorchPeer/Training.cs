using System.Diagnostics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pipeline.TorchPeer;

/// <summary>A training, all of its data in memory as float32, and rows as int64.</summary>
internal abstract class Training
{
    private readonly Tensor[] orders;
    private readonly float[] weights;

    /// <summary>Reads what a folder describes.</summary>
    protected Training(string folder)
    {
        Work = WorkDescription.Read(folder);
        Inputs = tensor(Read<float>(Path.Combine(Work.Data, "inputs.f32")))
            .view([-1, .. Work.Image ?? [Work.Features]]);
        Labels = tensor(Read<int>(Path.Combine(Work.Data, "labels.i32"))).to(ScalarType.Int64);
        orders =
        [
            .. Read<int>(Path.Combine(folder, "order.i32"))
                .Chunk(Work.Rows)
                .Select(rows => tensor(rows).to(ScalarType.Int64)),
        ];
        weights = Read<float>(Path.Combine(folder, "weights.f32"));
    }

    /// <summary>What is trained, and how.</summary>
    public WorkDescription Work { get; }

    /// <summary>All rows: [rows, features] or [rows, channels, height, width].</summary>
    protected Tensor Inputs { get; init; }

    /// <summary>Their classes.</summary>
    protected Tensor Labels { get; }

    /// <summary>The steps of an epoch.</summary>
    protected int Batches => Work.Rows / Work.BatchSize;

    /// <summary>Trains from the initial weights.</summary>
    /// <returns>The seconds that the steps took, and the mean loss of the last epoch's batches.</returns>
    public (double Seconds, double Loss) Train()
    {
        Reset();
        var loss = 0.0;
        var clock = Stopwatch.StartNew();
        foreach (var order in orders)
            loss = TrainEpoch(order);
        return (clock.Elapsed.TotalSeconds, loss);
    }

    /// <summary>The parameters and running statistics, in the order of PyTorch's <c>state_dict</c>.</summary>
    protected abstract IEnumerable<Tensor> State { get; }

    /// <summary>Forgets what the optimizer remembers.</summary>
    protected abstract void ResetOptimizer();

    /// <summary>Trains an epoch.</summary>
    /// <param name="order">All rows, shuffled.</param>
    /// <returns>The mean loss of its batches.</returns>
    protected abstract double TrainEpoch(Tensor order);

    private void Reset()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var start = 0;
        foreach (var part in State)
        {
            var count = (int)part.NumberOfElements;
            part.copy_(tensor(weights[start..(start + count)]).view(part.shape));
            start += count;
        }
        if (start != weights.Length)
            throw new InvalidDataException($"The network has {start} weights, its file {weights.Length}.");
        ResetOptimizer();
    }

    private static T[] Read<T>(string path)
        where T : struct => MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(path)).ToArray();
}
