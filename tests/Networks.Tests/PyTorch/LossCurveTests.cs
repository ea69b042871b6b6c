using System.Globalization;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Tests;

/// <summary>A perceptron of usual size learns as it does in PyTorch. Weights and batches come from the formulas of curve.py.</summary>
public sealed class LossCurveTests
{
    private const double Tolerance = 1e-4;
    private const int Rows = 64,
        Width = 64,
        Classes = 10,
        Batches = 8;
    private const float Unit = 8192;

    [Fact]
    public void The_first_fifty_losses_agree_with_PyTorch()
    {
        var expected = ReadLosses();
        var description = Samples.Mlp(
            Width,
            depth: 3,
            Width,
            Classes,
            activation: "relu",
            initialization: "zeros",
            normalization: "batch"
        );
        var network = new Network(description, Initial(description), Samples.Sgd, Samples.CrossEntropy, Rows);
        var inputs = Integers(stream: 0, Batches * Rows * Width);
        var x = Array.ConvertAll(inputs, number => number / Unit);
        var labels = Labels(inputs);

        Assert.Equal(50, expected.Length);
        for (var step = 0; step < expected.Length; step++)
        {
            var batch = step % Batches;
            var actual = network
                .TrainStep(x.AsSpan(batch * Rows * Width, Rows * Width), labels.AsSpan(batch * Rows, Rows), 0.05f)
                .MeanLoss;
            var difference = Math.Abs(actual - expected[step]);
            Assert.True(difference <= Tolerance, $"step {step}: the loss is {actual}, PyTorch has {expected[step]}.");
        }
        Assert.True(expected[^1] < 0.1 * expected[0], $"The loss fell from {expected[0]} to {expected[^1]} only.");
    }

    /// <summary>Numbers from −8192 to 8191: the upper bits of MurmurHash3's finalizer, applied to stream·2²⁰ + i.</summary>
    private static int[] Integers(uint stream, int count)
    {
        var numbers = new int[count];
        for (var i = 0; i < count; i++)
        {
            var x = (stream << 20) + (uint)i;
            x = (x ^ (x >> 16)) * 0x85EBCA6B;
            x = (x ^ (x >> 13)) * 0xC2B2AE35;
            x ^= x >> 16;
            numbers[i] = (int)(x >> 18) - 8192;
        }
        return numbers;
    }

    /// <summary>The class of a row is its largest output of a linear map.</summary>
    private static int[] Labels(int[] inputs)
    {
        var map = Integers(stream: 1, Classes * Width);
        return
        [
            .. Enumerable
                .Range(0, inputs.Length / Width)
                .Select(row => Enumerable.Range(0, Classes).MaxBy(c => Output(row, c))),
        ];

        long Output(int row, int c) =>
            Enumerable.Range(0, Width).Sum(i => (long)inputs[(row * Width) + i] * map[(c * Width) + i]);
    }

    private static List<NamedTensor> Initial(MlpDescription description)
    {
        var tensors = InitialWeights.Create(description, seed: 0).ToList();
        var stream = 2u;
        for (var i = 0; i < tensors.Count; i++)
        {
            if (description.Tensors()[i].Role is not TensorRole.Weight)
                continue;
            var numbers = Integers(stream++, tensors[i].Values.Length);
            tensors[i] = tensors[i] with { Values = Array.ConvertAll(numbers, number => number / (8 * Unit)) };
        }
        return tensors;
    }

    private static float[] ReadLosses()
    {
        using var stream = typeof(LossCurveTests).Assembly.GetManifestResourceStream("golden/first_50_losses.txt")!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(lines, line => float.Parse(line, CultureInfo.InvariantCulture));
    }
}
