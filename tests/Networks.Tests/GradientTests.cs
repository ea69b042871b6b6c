using Pipeline.Numerics;

namespace Pipeline.Networks.Tests;

/// <summary>
/// The gradients of every layer, with every operation that the catalogues hold, against finite differences: a new one is among them by itself.
/// The scalar whose gradient is taken is Σ cᵢ·yᵢ with fixed random c, summed in double.
/// </summary>
public sealed class GradientTests
{
    // A five-point stencil with this step errs by about step⁴/30 times the fifth derivative, and by float32's 6e−8 / step.
    private const float Step = 1f / 32;
    private const double Tolerance = 2e-4;
    private const int Rows = 5;
    private const int Features = 19;

    private static IEnumerable<LayerDescription> AllLayers() =>
    [
        new LinearDescription("linear", Features, 7, HasBias: true),
        new LinearDescription("linear", Features, 7, HasBias: false),
        .. Samples.Normalizations.Select(operation => new NormalizationDescription("normalization", Features, operation)),
        .. Samples.Activations.Select(operation => new ActivationDescription("activation", Features, operation)),
    ];

    public static TheoryData<string> Layers() => [.. AllLayers().Select(layer => layer.ToString())];

    public static TheoryData<string> Losses() => [.. Samples.Losses.Select(loss => loss.ToString())];

    public static TheoryData<string, string> Networks() => Samples.Combinations();

    [Fact]
    public void Every_kind_of_layer_is_among_those_whose_gradients_are_checked() =>
        Assert.Equal(
            typeof(LayerDescription).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(LayerDescription))).ToHashSet(),
            AllLayers().Select(layer => layer.GetType()).ToHashSet());

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_gradients_of_a_layer_agree_with_finite_differences(string layer)
    {
        var description = AllLayers().Single(l => l.ToString() == layer);
        var x = AwayFromKinks(Samples.Normals(Rows * description.Inputs));
        var c = Samples.Normals(Rows * description.Outputs, index: 1);
        var initial = description.Tensors()
            .Select((t, i) => new NamedTensor(t.Name, t.Shape, Samples.Normals(t.Length, (uint)(2 + i)))).ToArray();
        var tensors = new NetworkTensors(description.Tensors(), initial);
        var sut = NetworkLayer.Create(description, tensors, Rows, new GemmWorkspace());
        var y = new float[c.Length];
        var dx = new float[x.Length];
        sut.Forward(x, Rows, y);
        sut.Backward(x, y, c, Rows, dx);
        var gradients = description.Tensors().Where(t => t.IsTrained).ToDictionary(t => t.Name, t => tensors.Gradient(t.Name).Span.ToArray());

        AssertGradient($"{layer}: dx", x, dx, Output);
        foreach (var (name, gradient) in gradients)
            AssertGradient($"{layer}: d{name}", tensors.Values(name).Span, gradient, Output);

        double Output()
        {
            var outputs = new float[c.Length];
            sut.Forward(x, Rows, outputs);
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

        AssertGradient(loss, logits, dlogits, () =>
        {
            sut.Apply(logits, labels, Rows, Features, losses, dlogits: default);
            return losses.Sum(l => (double)l) / Rows;
        });
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_gradient_of_a_whole_network_agrees_with_finite_differences(string activation, string normalization)
    {
        const int rows = 8;
        const float step = 1f / 1024;
        const double kinkTolerance = 0.02;
        var description = Samples.Mlp(inputs: 6, depth: 3, width: 11, classes: 4, activation, normalization: normalization);
        var initial = InitialWeights.Create(description, seed: 3);
        var (x, labels) = (Samples.Normals(rows * 6), Samples.Labels(rows, 4));

        // One step of plain gradient descent shows the gradient; a step with rate 0 returns the loss.
        var network = new Network(description, initial, Operation.Of("sgd"), Samples.CrossEntropy, rows);
        network.TrainStep(x, labels, learningRate: 1);
        var trained = description.Tensors().Select((t, i) => (t.IsTrained, Index: i)).Where(t => t.IsTrained).Select(t => t.Index).ToArray();
        var gradients = trained.ToDictionary(i => i, i => initial[i].Values.Zip(network.Tensors()[i].Values, (w, moved) => (double)w - moved).ToArray());

        foreach (var i in trained)
        {
            var direction = gradients[i];
            var length = Math.Sqrt(direction.Sum(d => d * d));
            if (length < 1e-6)
                continue; // dead units
            var slope = (Loss(step) - Loss(-step)) / (2 * step);
            Assert.True(Math.Abs(slope - length) <= kinkTolerance * length, $"{initial[i].Name}: slope {slope} along the gradient of length {length}.");

            double Loss(double distance)
            {
                var moved = initial.ToArray();
                moved[i] = moved[i] with { Values = [.. moved[i].Values.Zip(direction, (w, d) => (float)(w + (distance * d / length)))] };
                return new Network(description, moved, Operation.Of("sgd"), Samples.CrossEntropy, rows).TrainStep(x, labels, learningRate: 0).MeanLoss;
            }
        }
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
            Assert.True(Math.Abs(numeric - analytic[i]) <= Tolerance * scale, $"{what}[{i}] is {analytic[i]}, finite differences give {numeric}.");
        }
    }

    private static float[] AwayFromKinks(float[] x) => Array.ConvertAll(x, v => Math.Abs(v) < 4 * Step ? v + (8 * Step) : v);
}
