using System.Globalization;

namespace Pipeline.TorchPeer;

/// <summary>A network's training as source text of TorchScript: a function that trains an epoch.</summary>
internal sealed class TrainingScript
{
    /// <summary>
    /// The name of the function. It takes inputs, labels and order, then parameters and running statistics, then a velocity for
    /// each parameter. It returns the mean loss and, behind it, the parameters: TorchScript takes an update in place whose
    /// outcome nobody reads for dead code.
    /// </summary>
    public const string Function = "epoch";

    private readonly List<long[]> shapes = [];
    private readonly List<bool> areTrained = [];
    private readonly List<string> statements = [];

    /// <summary>Writes it.</summary>
    public TrainingScript(WorkDescription work)
    {
        foreach (var layer in work.Layers)
            statements.Add("x = " + Expression(layer));
        Source = Text(work);
    }

    /// <summary>The source text.</summary>
    public string Source { get; }

    /// <summary>The shapes of parameters and running statistics, in the order of PyTorch's <c>state_dict</c>.</summary>
    public IReadOnlyList<long[]> Shapes => shapes;

    /// <summary>Whether each of them is trained.</summary>
    public IReadOnlyList<bool> AreTrained => areTrained;

    private string Text(WorkDescription work)
    {
        string[] trained = [.. shapes.Index().Where(part => areTrained[part.Index]).Select(part => $"p{part.Index}")];
        var list = string.Join(", ", trained);
        var velocities = string.Join(", ", trained.Select(name => "v" + name));
        IEnumerable<string> arguments =
        [
            "inputs",
            "labels",
            "order",
            .. shapes.Select((_, i) => $"p{i}"),
            .. trained.Select(name => "v" + name),
        ];
        var (size, batches) = (work.BatchSize, work.Rows / work.BatchSize);
        return $"""
            def {Function}({string.Join(", ", arguments)}):
                parameters = [{list}]
                values = [{string.Join(", ", trained.Select(name => $"torch.detach({name})"))}]
                velocities = [{velocities}]
                total = torch.zeros([1])
                for batch in range({batches}):
                    rows = torch.narrow(order, 0, batch * {size}, {size})
                    x = torch.index_select(inputs, 0, rows)
                    {string.Join("\n        ", statements)}
                    loss = torch.cross_entropy_loss(x, torch.index_select(labels, 0, rows))
                    gradients = [torch._unwrap_optional(g) for g in torch.autograd.grad([loss], parameters)]
                    {Update(work)}
                    total += torch.detach(loss)
                return [total / {batches}] + values

            """;
    }

    // An empty list: no momentum.
    private static string Update(WorkDescription work) =>
        $"torch._fused_sgd_(values, gradients, {(work.Momentum == 0 ? "[]" : "velocities")}, weight_decay=0.0, "
        + $"momentum={Number(work.Momentum)}, lr={Number(work.LearningRate)}, dampening=0.0, nesterov=False, "
        + "maximize=False, is_first_step=False)";

    private string Expression(LayerDescription layer) =>
        layer.Kind switch
        {
            "linear" => $"torch.linear(x, {Linear(layer)})",
            "convolution" =>
                $"torch.conv2d(x, {Convolution(layer)}, [{layer.Stride}, {layer.Stride}], [{layer.Padding}, {layer.Padding}])",
            "max_pooling" => $"torch.max_pool2d(x, [{layer.Window}, {layer.Window}], [{layer.Stride}, {layer.Stride}])",
            "flatten" => "torch.flatten(x, 1)",
            "batch_of_images" or "batch" =>
                $"torch.batch_norm(x, {Scale(layer)}, {Statistics(layer)}, True, 0.1, 1e-5, False)",
            "layer" => $"torch.layer_norm(x, [{layer.Features}], {Scale(layer)}, 1e-5)",
            "sigmoid" => "torch.sigmoid(x)",
            "tanh" => "torch.tanh(x)",
            "relu" => "torch.relu_(x)",
            "leaky_relu" => "torch.leaky_relu_(x, 0.01)",
            "gelu" => "torch.gelu(x)",
            _ => throw new InvalidDataException($"There is no layer '{layer.Kind}'."),
        };

    private string Linear(LayerDescription layer) =>
        Named([layer.Outputs, layer.Inputs]) + (layer.HasBias ? ", " + Named([layer.Outputs]) : ", None");

    private string Convolution(LayerDescription layer) =>
        Named([layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel])
        + (layer.HasBias ? ", " + Named([layer.Outputs]) : ", None");

    private string Scale(LayerDescription layer) => $"{Named([layer.Features])}, {Named([layer.Features])}";

    private string Statistics(LayerDescription layer) =>
        $"{Named([layer.Features], isTrained: false)}, {Named([layer.Features], isTrained: false)}";

    private string Named(long[] shape, bool isTrained = true)
    {
        shapes.Add(shape);
        areTrained.Add(isTrained);
        return $"p{shapes.Count - 1}";
    }

    private static string Number(double value) => value.ToString("0.0################", CultureInfo.InvariantCulture);
}
