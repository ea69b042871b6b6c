using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using Pipeline.Stages.Train;

namespace Pipeline.Benchmarks;

/// <summary>A training's files, from which both engines start, and our engine's way through it.</summary>
/// <param name="root">The folder of all trainings: one folder below it for each data set and seed, and one for each training.</param>
/// <param name="work">The training.</param>
internal sealed class WorkFolder(string root, Work work)
{
    private const double LeastSeconds = 1;

    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The folder that the peer is given.</summary>
    public string Location => Path.Combine(root, work.Id);

    private string Data => Path.Combine(root, $"{work.DataSet}-{work.Seed}");

    /// <summary>
    /// Writes what the peer reads: the training's description, initial weights (float32, in the order of PyTorch's
    /// <c>state_dict</c>) and batch order (int32, epoch by epoch); and the data, unless another training has.
    /// </summary>
    /// <returns>The number of training rows.</returns>
    public int Write()
    {
        if (!Directory.Exists(Data))
            BenchmarkData.Write(work.DataSet, work.Seed, Data);
        using var data = Open();
        var rows = RowsOf(data);
        Directory.CreateDirectory(Location);
        File.WriteAllText(Path.Combine(Location, "work.json"), JsonSerializer.Serialize(Description(rows), SnakeCase));
        using var weights = File.Create(Path.Combine(Location, "weights.f32"));
        foreach (var tensor in InitialWeights.Create(work.Network, (ulong)work.Seed))
            weights.Write(MemoryMarshal.AsBytes<float>(tensor.Values));
        using var orders = File.Create(Path.Combine(Location, "order.i32"));
        var order = new int[rows];
        for (var epoch = 0; epoch < work.Epochs; epoch++)
        {
            BatchOrder.Fill((ulong)work.Seed, epoch, order);
            orders.Write(MemoryMarshal.AsBytes<int>(order));
        }
        return rows;
    }

    /// <summary>
    /// Trains again and again: a second or more to warm up, then a second or more that counts. The seconds are the median of a training's.
    /// </summary>
    public Measurement TrainAndMeasure()
    {
        using var data = Open();
        for (var warm = 0.0; warm < LeastSeconds; )
            warm += Train(data).Seconds;
        var trainings = new List<Measurement>();
        do trainings.Add(Train(data));
        while (trainings.Sum(training => training.Seconds) < LeastSeconds);
        return trainings[0] with { Seconds = BenchmarkLine.Median(trainings.Select(training => training.Seconds)) };
    }

    /// <summary>Trains once from the initial weights, as a run of the stage Train does, but without evaluation.</summary>
    public Measurement Train()
    {
        using var data = Open();
        return Train(data);
    }

    private Measurement Train(PreparedData data)
    {
        var network = new Network(
            work.Network,
            InitialWeights.Create(work.Network, (ulong)work.Seed),
            new OptimizerSettings(Operation.Of("sgd", work.Momentum)),
            Operation.Of("softmax_cross_entropy"),
            work.BatchSize
        );
        var order = new int[RowsOf(data)];
        var inputs = new float[work.BatchSize * data.Header.Features];
        var labels = new int[work.BatchSize];
        var batches = order.Length / work.BatchSize;
        var loss = 0.0;
        var clock = Stopwatch.StartNew();
        for (var epoch = 0; epoch < work.Epochs; epoch++)
        {
            loss = 0;
            BatchOrder.Fill((ulong)work.Seed, epoch, order);
            for (var i = 0; i < batches; i++)
            {
                var rows = order.AsSpan(i * work.BatchSize);
                RowReader.Gather(
                    data,
                    rows[..work.BatchSize],
                    inputs,
                    labels,
                    rows[work.BatchSize..Math.Min(2 * work.BatchSize, rows.Length)]
                );
                loss += network.TrainStep(inputs, labels, work.LearningRate).MeanLoss;
            }
        }
        return new(clock.Elapsed.TotalSeconds, loss / batches);
    }

    private int RowsOf(PreparedData data) => Math.Min(work.Rows, data.Header.Training);

    /// <summary>The data, mapped.</summary>
    public PreparedData Open() => PreparedData.Open(Path.Combine(Data, BenchmarkData.Prepared));

    private object Description(int rows) =>
        new
        {
            Data,
            Rows = rows,
            Features = work.Network.Input.Values,
            work.BatchSize,
            work.Epochs,
            work.Momentum,
            work.LearningRate,
            LeastSeconds,
            Image = work.Network.Input is { IsImage: true } image
                ? new[] { image.Channels, image.Height, image.Width }
                : null,
            Layers = work.Network.Layers().Select(Description).ToArray(),
        };

    private static object Description(LayerDescription layer) =>
        layer switch
        {
            LinearDescription linear => new
            {
                Kind = "linear",
                linear.Inputs,
                linear.Outputs,
                linear.HasBias,
            },
            ConvolutionDescription c => new
            {
                Kind = "convolution",
                Inputs = c.Input.Channels,
                Outputs = c.Channels,
                c.Kernel,
                c.Stride,
                c.Padding,
                c.HasBias,
            },
            PoolingDescription { Kind: Pooling.Max } pooling => new
            {
                Kind = "max_pooling",
                pooling.Window,
                pooling.Stride,
            },
            FlattenDescription => new { Kind = "flatten" },
            NormalizationDescription { Input: { IsImage: true } image } normalization => new
            {
                Kind = $"{normalization.Operation.Name}_of_images",
                Features = image.Channels,
            },
            NormalizationDescription normalization => new
            {
                Kind = normalization.Operation.Name,
                Features = normalization.Input.Channels,
            },
            ActivationDescription activation => new { Kind = activation.Operation.Name },
            _ => throw new NotSupportedException($"The peer has no layer for {layer.Name}."),
        };
}
