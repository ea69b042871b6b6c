using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Pipeline.TorchPeer;

/// <summary>
/// The training as the examples of TorchSharp write it: modules, an optimizer of torch.optim, a dispose scope
/// for each step. Nothing is tuned.
/// </summary>
internal sealed class StockTraining : Training
{
    private readonly TorchSharp.Modules.Sequential model;
    private optim.Optimizer? optimizer;

    /// <summary>Builds what a folder describes.</summary>
    public StockTraining(string folder)
        : base(folder) => model = Sequential(Work.Layers.Select(Module));

    /// <inheritdoc/>
    protected override IEnumerable<Tensor> State =>
        model
            .children()
            .SelectMany(layer => layer.state_dict())
            .Where(part => part.Key != "num_batches_tracked")
            .Select(part => part.Value);

    /// <inheritdoc/>
    protected override void ResetOptimizer()
    {
        optimizer?.Dispose();
        optimizer = optim.SGD(model.parameters(), Work.LearningRate, Work.Momentum);
    }

    /// <inheritdoc/>
    protected override double TrainEpoch(Tensor order)
    {
        var total = 0.0;
        for (var batch = 0; batch < Batches; batch++)
        {
            using var scope = NewDisposeScope();
            var rows = order.narrow(0, (long)batch * Work.BatchSize, Work.BatchSize);
            var (inputs, labels) = (Inputs.index_select(0, rows), Labels.index_select(0, rows));
            optimizer!.zero_grad();
            var loss = functional.cross_entropy(model.forward(inputs), labels);
            loss.backward();
            optimizer.step();
            total += loss.item<float>();
        }
        return total / Batches;
    }

    private static Module<Tensor, Tensor> Module(LayerDescription layer) =>
        layer.Kind switch
        {
            "linear" => Linear(layer.Inputs, layer.Outputs, layer.HasBias),
            "convolution" => Conv2d(
                layer.Inputs,
                layer.Outputs,
                layer.Kernel,
                layer.Stride,
                layer.Padding,
                bias: layer.HasBias
            ),
            "max_pooling" => MaxPool2d(layer.Window, layer.Stride),
            "flatten" => Flatten(),
            "batch_of_images" => BatchNorm2d(layer.Features),
            "batch" => BatchNorm1d(layer.Features),
            "layer" => LayerNorm(layer.Features),
            "sigmoid" => Sigmoid(),
            "tanh" => Tanh(),
            "relu" => ReLU(),
            "leaky_relu" => LeakyReLU(),
            "gelu" => GELU(),
            _ => throw new InvalidDataException($"There is no layer '{layer.Kind}'."),
        };
}
