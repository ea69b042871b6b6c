using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Layers;
using Pipeline.Networks.Losses;
using Pipeline.Networks.Normalizations;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

/// <summary>
/// The gradients of every layer, with every operation that the catalogues hold, against finite differences: a new one
/// is among them by itself. The scalar whose gradient is taken is Σ cᵢ·yᵢ with fixed random c, summed in double.
/// </summary>
public sealed class GradientTests
{
    // A five-point stencil with this step errs by about step⁴/30 times the fifth derivative, and by float32's 6e−8 / step.
    private const float Step = 1f / 32;
    private const double Tolerance = 2e-4;
    private const int Rows = 5;
    private const int Features = 21;

    private static readonly FeatureShape Image = new(Features, 4, 3);

    /// <summary>Those whose gradient is another function's by design; <see cref="ActivationTests"/> says which.</summary>
    private static readonly string[] Surrogates = ["hard_threshold", "sigmoid_table"];

    private static IEnumerable<LayerDescription> AllLayers() =>
        [
            new LinearDescription("linear", Features, 7, HasBias: true),
            new LinearDescription("linear", Features, 7, HasBias: false),
            new ConvolutionDescription("convolution", new(3, 4, 5), 7, Kernel: 3, Stride: 1, Padding: 1, HasBias: true),
            new ConvolutionDescription(
                "convolution",
                new(3, 6, 5),
                4,
                Kernel: 3,
                Stride: 2,
                Padding: 1,
                HasBias: false
            ),
            new ConvolutionDescription(
                "convolution",
                new(2, 5, 4),
                3,
                Kernel: 2,
                Stride: 3,
                Padding: 0,
                HasBias: false
            ),
            new PoolingDescription("pooling", new(3, 5, 4), Pooling.Max, Window: 2, Stride: 2),
            new PoolingDescription("pooling", new(17, 4, 4), Pooling.Max, Window: 3, Stride: 1),
            new PoolingDescription("pooling", new(17, 5, 4), Pooling.Average, Window: 3, Stride: 1),
            new GlobalAveragePoolingDescription("pooling", Image),
            new FlattenDescription("flatten", Image),
            new DropoutDescription("dropout", new(Features), 0.4),
            new ResidualDescription(
                "residual",
                new(6),
                [new LinearDescription("body", 6, 6, HasBias: true), Tanh("activation", 6)],
                []
            ),
            new ResidualDescription(
                "residual",
                new(6),
                [Tanh("activation", 6), new LinearDescription("body", 6, 4, HasBias: true)],
                [new LinearDescription("shortcut", 6, 4, HasBias: false)]
            ),
            .. from operation in Samples.Normalizations
            from shape in new[] { new(Features), Image }
            from isAffine in new[] { true, false }
            let layer = new NormalizationDescription("normalization", shape, operation, isAffine)
            where NormalizationCatalogue.Create(operation.Name, operation.ArgumentArray).Misfit(shape) is null
            select layer,
            .. Samples
                .Activations.Where(operation => !Surrogates.Contains(operation.Name))
                .Select(operation => new ActivationDescription("activation", new(Features), operation)),
        ];

    private static ActivationDescription Tanh(string name, int features) =>
        new(name, new(features), Operation.Of("tanh"));

    public static TheoryData<string> Layers() => [.. AllLayers().Select(layer => layer.ToString())];

    public static TheoryData<string> Losses() => [.. Samples.Losses.Select(loss => loss.ToString())];

    public static TheoryData<string> Networks() =>
        [
            .. SampleNetworks
                .All.Where(sample => !Surrogates.Any(sample.Name.Contains) && !sample.Name.Contains("dropout"))
                .Select(sample => sample.Name),
        ];

    [Fact]
    public void Every_kind_of_layer_is_among_those_whose_gradients_are_checked() =>
        Assert.Equal(
            typeof(LayerDescription)
                .Assembly.GetTypes()
                .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(LayerDescription)))
                .ToHashSet(),
            AllLayers().Select(layer => layer.GetType()).ToHashSet()
        );

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_gradients_of_a_layer_agree_with_finite_differences(string layer)
    {
        var description = AllLayers().Single(l => l.ToString() == layer);
        var x =
            description is PoolingDescription
                ? Apart(Rows * description.Input.Values)
                : AwayFromKinks(Samples.Normals(Rows * description.Input.Values));
        var c = Samples.Normals(Rows * description.Output.Values, index: 1);
        var initial = description
            .Tensors()
            .Select((t, i) => new NamedTensor(t.Name, t.Shape, Samples.Normals(t.Length, (uint)(2 + i))))
            .ToArray();
        var tensors = new NetworkTensors(description.Tensors(), initial);
        var sut = NetworkLayer.Create(description, new LayerMemory(tensors, Rows, Seed: 1));
        var y = new float[c.Length];
        var dx = new float[x.Length];
        sut.Forward(x, Rows, step: 1, y);
        sut.Backward(x, y, c, Rows, dx);
        var gradients = description
            .Tensors()
            .Where(t => t.IsTrained)
            .ToDictionary(t => t.Name, t => tensors.Gradient(t.Name).Span.ToArray());

        AssertGradient($"{layer}: dx", x, dx, Output);
        foreach (var (name, gradient) in gradients)
            AssertGradient($"{layer}: d{name}", tensors.Values(name).Span, gradient, Output);

        double Output()
        {
            var outputs = new float[c.Length];
            sut.Forward(x, Rows, step: 1, outputs);
            return outputs.Zip(c, (output, factor) => (double)output * factor).Sum();
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradient_of_a_loss_agrees_with_finite_differences(string loss)
    {
        var operation = Samples.Losses.Single(l => l.ToString() == loss);
        var sut = LossCatalogue.Create(operation.Name, operation.ArgumentArray);
        var logits = Samples.Normals(Rows * Features);
        var labels = Samples.Labels(Rows, Features);
        var (losses, dlogits) = (new float[Rows], new float[logits.Length]);
        sut.Apply(logits, labels, Rows, Features, losses, dlogits);

        AssertGradient(
            loss,
            logits,
            dlogits,
            () =>
            {
                sut.Apply(logits, labels, Rows, Features, losses, dlogits: default);
                return losses.Sum(l => (double)l) / Rows;
            }
        );
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_gradient_of_a_whole_network_agrees_with_finite_differences(string name)
    {
        const float step = 1f / 1024;
        const double kinkTolerance = 0.02;
        var sample = SampleNetworks.Get(name) with { Optimizer = new(Operation.Of("sgd")) };
        var initial = InitialWeights.Create(sample.Description, seed: 3);
        var rows = SampleNetwork.Rows;
        var (x, labels) = (
            Samples.Normals(rows * sample.Description.Input.Values),
            Samples.Labels(rows, sample.Description.Classes)
        );
        var network = Built(initial);
        network.Differentiate(x, labels, dinputs: default);

        foreach (var gradient in network.Gradients())
        {
            var length = Math.Sqrt(gradient.Values.Sum(d => (double)d * d));
            if (length < 1e-5)
                continue; // dead units, and shifts that a normalization behind them cancels
            var slope = (Loss(step) - Loss(-step)) / (2 * step);
            Assert.True(
                Math.Abs(slope - length) <= kinkTolerance * length,
                $"{gradient.Name}: slope {slope} along the gradient of length {length}."
            );

            double Loss(double distance) =>
                Built([.. initial.Select(tensor => tensor.Name == gradient.Name ? Moved(tensor, distance) : tensor)])
                    .TrainStep(x, labels, learningRate: 0)
                    .MeanLoss;

            NamedTensor Moved(NamedTensor tensor, double distance) =>
                tensor with
                {
                    Values = [.. tensor.Values.Zip(gradient.Values, (w, d) => (float)(w + (distance * d / length)))],
                };
        }

        Network Built(IReadOnlyList<NamedTensor> tensors) =>
            new(sample.Description, tensors, sample.Optimizer, sample.Loss, rows);
    }

    private static void AssertGradient(string what, Span<float> at, float[] analytic, Func<double> function)
    {
        var scale = Math.Max(1, analytic.Max(Math.Abs));
        for (var i = 0; i < at.Length; i++)
        {
            var value = at[i];
            at[i] = value + Step;
            var plus = function();
            at[i] = value - Step;
            var minus = function();
            at[i] = value + (2 * Step);
            var plusTwo = function();
            at[i] = value - (2 * Step);
            var minusTwo = function();
            at[i] = value;
            var numeric = ((8 * (plus - minus)) - (plusTwo - minusTwo)) / (12 * Step);
            Assert.True(
                Math.Abs(numeric - analytic[i]) <= Tolerance * scale,
                $"{what}[{i}] is {analytic[i]}, finite differences give {numeric}."
            );
        }
    }

    private static float[] AwayFromKinks(float[] x) =>
        Array.ConvertAll(
            x,
            v => new[] { 0f, -3, 3, 6 }.Any(kink => Math.Abs(v - kink) < 4 * Step) ? v + (8 * Step) : v
        );

    /// <summary>Numbers of which no two are near each other.</summary>
    private static float[] Apart(int length) =>
        [.. Enumerable.Range(0, length).Select(i => ((i * 379 % 1009) - 500) / 3f)];
}
