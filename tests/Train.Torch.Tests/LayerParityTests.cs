using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Layers;
using Pipeline.Networks.Normalizations;
using Pipeline.Stages.Train.Torch;
using Pipeline.Tests;
using static TorchSharp.torch;

namespace Pipeline.Train.Torch.Tests;

/// <summary>
/// Every kind of layer with every normalization, by itself: what comes out in training and in inference, all
/// gradients, running statistics.
/// </summary>
public sealed class LayerParityTests
{
    private const int Rows = 5;
    private const int Step = 3;
    private const int Features = 21;

    private static readonly FeatureShape Image = new(Features, 4, 3);

    private static IEnumerable<LayerDescription> AllLayers() =>
        [
            new LinearDescription("linear", Features, 7, HasBias: true),
            new LinearDescription("linear", Features, 7, HasBias: false),
            Convolution(new(3, 4, 5), channels: 7, kernel: 3, stride: 1, padding: 1, hasBias: true),
            Convolution(new(3, 6, 5), channels: 4, kernel: 3, stride: 2, padding: 1, hasBias: false),
            Convolution(new(2, 5, 4), channels: 3, kernel: 2, stride: 3, padding: 0, hasBias: false),
            Convolution(new(3, 4, 4), channels: 5, kernel: 4, stride: 1, padding: 0, hasBias: true),
            Convolution(new(3, 5, 5), channels: 5, kernel: 1, stride: 2, padding: 0, hasBias: true),
            Convolution(new(17, 4, 5), channels: 5, kernel: 1, stride: 1, padding: 0, hasBias: true),
            Convolution(new(3), channels: 5, kernel: 3, stride: 1, padding: 1, hasBias: true),
            Convolution(new(3), channels: 5, kernel: 2, stride: 1, padding: 1, hasBias: true),
            .. from kind in new[] { Pooling.Max, Pooling.Average }
            from layer in new[]
            {
                new PoolingDescription("pooling", new(3, 5, 4), kind, Window: 2, Stride: 2),
                new PoolingDescription("pooling", new(17, 4, 4), kind, Window: 3, Stride: 1),
                new PoolingDescription("pooling", new(3, 7, 7), kind, Window: 2, Stride: 3),
                new PoolingDescription("pooling", new(3, 2, 2), kind, Window: 2, Stride: 2),
                new PoolingDescription("pooling", new(3), kind, Window: 1, Stride: 1),
            }
            select layer,
            new GlobalAveragePoolingDescription("pooling", Image),
            new GlobalAveragePoolingDescription("pooling", new(3)),
            new FlattenDescription("flatten", Image),
            new FlattenDescription("flatten", new(3)),
            new DropoutDescription("dropout", new(Features), 0.4),
            new DropoutDescription("dropout", Image, 0.4),
            new ActivationDescription("activation", Image, Operation.Of("tanh")),
            new ResidualDescription(
                "residual",
                new(6),
                [Tanh("activation", new(6)), new LinearDescription("body", 6, 6, HasBias: true)],
                []
            ),
            new ResidualDescription(
                "residual",
                new(3, 4, 4),
                [
                    new DropoutDescription("body.dropout", new(3, 4, 4), 0.3),
                    Convolution(new(3, 4, 4), channels: 4, kernel: 3, stride: 2, padding: 1, hasBias: true),
                ],
                [
                    new DropoutDescription("shortcut.dropout", new(3, 4, 4), 0.3),
                    new ConvolutionDescription(
                        "shortcut",
                        new(3, 4, 4),
                        4,
                        Kernel: 1,
                        Stride: 2,
                        Padding: 0,
                        HasBias: false
                    ),
                ]
            ),
            .. from operation in SampleNetworks.Calls(NormalizationCatalogue.Names, NormalizationCatalogue.Parameters)
            from shape in new[] { new(Features), Image }
            from isAffine in new[] { true, false }
            let layer = new NormalizationDescription("normalization", shape, operation, isAffine)
            where NormalizationCatalogue.Create(operation.Name, operation.ArgumentArray).Misfit(shape) is null
            select layer,
            new NormalizationDescription("normalization", Image, Operation.Of("batch", 0.3, 0.1)),
            new NormalizationDescription("normalization", Image, Operation.Of("group", 7, 0.1)),
            new NormalizationDescription("normalization", new(Features), Operation.Of("layer", 0.1)),
            new NormalizationDescription("normalization", Image, Operation.Of("instance", 0.1)),
            new NormalizationDescription("normalization", Image, Operation.Of("rms", 0.1)),
        ];

    public static TheoryData<string> Layers() => [.. AllLayers().Select(layer => layer.ToString())];

    [Fact]
    public void Every_kind_of_layer_is_among_those_that_are_compared() =>
        Assert.Equal(TorchLayers.Table.Keys.ToHashSet(), AllLayers().Select(layer => layer.GetType()).ToHashSet());

    [TorchTheory]
    [MemberData(nameof(Layers))]
    public void A_layer_computes_what_the_managed_one_does(string name)
    {
        using var scope = Libtorch.Scope();
        var layer = AllLayers().First(l => l.ToString() == name);
        var x = Parity.Normals(Rows * layer.Input.Values);
        var dy = Parity.Normals(Rows * layer.Output.Values, index: 1);
        NamedTensor[] initial =
        [
            .. layer.Tensors().Select((t, i) => new NamedTensor(t.Name, t.Shape, Initial(t, (uint)(2 + i)))),
        ];
        var (y, inferred, dx, gradients, tensors) = Managed(layer, initial, x, dy);

        using var weights = new TorchWeights(layer.Tensors(), initial, Libtorch.Place);
        var sut = TorchLayers.Chain([layer], new(weights, Seed: 7, Precision.Float32));
        var input = tensor(x, [Rows, layer.Input.Values], device: Libtorch.Place).requires_grad_();
        var output = sut((input * 1).view(TorchLayers.ShapeOf(layer.Input)), new(Step));
        Assert.Equal(TorchLayers.ShapeOf(layer.Output)[1..], output.shape[1..]);
        Parity.AssertClose(y, Parity.Read(output), "output");
        output.backward([tensor(dy, device: Libtorch.Place).view(output.shape)]);
        Parity.AssertClose(dx, Parity.Read(input.grad!), "gradient of the input");
        Parity.AssertGradientsClose(gradients, weights);
        Parity.AssertClose(tensors, weights.Copy(), "after the pass");
        using var mode = no_grad();
        Parity.AssertClose(
            inferred,
            Parity.Read(sut(input.view(TorchLayers.ShapeOf(layer.Input)), default)),
            "inference"
        );
    }

    [TorchFact]
    public void A_batch_too_small_for_its_statistics_is_refused_as_on_the_managed_backend()
    {
        var (managed, torch) = Parity.Begin(
            new MlpDescription(3, 1, 4, 2, Operation.Of("relu"), Operation.Of("he_normal"), Operation.Of("batch")),
            new(Operation.Of("sgd")),
            Operation.Of("softmax_cross_entropy")
        );
        using var owned = torch;
        Assert.Equal(
            Assert.Throws<ArgumentException>(() => managed.TrainStep(new float[3], [0], 0.1f)).Message.Split(" (P")[0],
            Assert.Throws<ArgumentException>(() => torch.TrainStep(new float[3], [0], 0.1f)).Message.Split(" (P")[0]
        );
    }

    private static (
        float[] Y,
        float[] Inferred,
        float[] Dx,
        IReadOnlyList<NamedTensor> Gradients,
        IReadOnlyList<NamedTensor> Tensors
    ) Managed(LayerDescription description, NamedTensor[] initial, float[] channelsFirst, float[] dyChannelsFirst)
    {
        var tensors = new NetworkTensors(description.Tensors(), initial);
        var layer = NetworkLayer.Create(description, new LayerMemory(tensors, Rows, Seed: 7));
        var (x, dy) = (new float[channelsFirst.Length], new float[dyChannelsFirst.Length]);
        Layout.ChannelsLast(channelsFirst, Rows, description.Input, x);
        Layout.ChannelsLast(dyChannelsFirst, Rows, description.Output, dy);
        var (y, inferred, dx) = (new float[dy.Length], new float[dy.Length], new float[x.Length]);
        layer.Forward(x, Rows, Step, y);
        layer.Backward(x, y, dy, Rows, dx);
        layer.Infer(x, Rows, inferred);
        return (
            ChannelsFirst(y, description.Output),
            ChannelsFirst(inferred, description.Output),
            ChannelsFirst(dx, description.Input),
            tensors.CopyGradients(),
            tensors.Copy()
        );
    }

    private static float[] ChannelsFirst(float[] channelsLast, FeatureShape shape)
    {
        var values = new float[channelsLast.Length];
        Layout.ChannelsFirst(channelsLast, Rows, shape, values);
        return values;
    }

    private static float[] Initial(TensorDescription tensor, uint index)
    {
        var values = Parity.Normals(tensor.Length, index);
        return tensor.Role == TensorRole.RunningVariance ? [.. values.Select(v => 0.5f + Math.Abs(v))] : values;
    }

    private static ActivationDescription Tanh(string name, FeatureShape shape) =>
        new(name, shape, Operation.Of("tanh"));

    private static ConvolutionDescription Convolution(
        FeatureShape input,
        int channels,
        int kernel,
        int stride,
        int padding,
        bool hasBias
    ) => new("convolution", input, channels, kernel, stride, padding, hasBias);
}
