using Pipeline.Networks.Activations;
using Pipeline.Networks.Losses;
using Pipeline.Networks.Normalizations;
using Pipeline.Networks.Optimizers;

namespace Pipeline.Networks.Tests;

/// <summary>Every kernel gives the bits of its scalar reference, at every length from 1 to 256.</summary>
public sealed class BitEqualityTests
{
    private const int Longest = 256;

    public static TheoryData<string> Activations() => [.. ActivationCatalogue.Names];

    public static TheoryData<string> Normalizations() => [.. NormalizationCatalogue.Names];

    public static TheoryData<string> Optimizers() => [.. OptimizerCatalogue.Names];

    public static TheoryData<string> Losses() => [.. LossCatalogue.Names];

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_equals_its_reference(string name)
    {
        var operation = Samples.Activations.Single(o => o.Name == name);
        var sut = ActivationCatalogue.Create(operation.Name, operation.ArgumentArray);
        for (var length = 1; length <= Longest; length++)
        {
            var x = Samples.Normals(length, index: 0);
            for (var i = 0; i < length; i += 3)
                x[i] *= 30;
            x[^1] = length % 2 == 0 ? 0 : -0f;
            var dy = Samples.Normals(length, index: 1);
            var (y, expectedY, dx, expectedDx) = (
                new float[length],
                new float[length],
                new float[length],
                new float[length]
            );
            sut.Forward(x, y);
            sut.ForwardReference(x, expectedY);
            Samples.AssertSameBits(expectedY, y, $"{name} forward");
            sut.Backward(x, y, dy, dx);
            sut.BackwardReference(x, y, dy, expectedDx);
            Samples.AssertSameBits(expectedDx, dx, $"{name} backward");
        }
    }

    [Theory]
    [MemberData(nameof(Normalizations))]
    public void A_normalization_equals_its_reference(string name)
    {
        var operation = Samples.Normalizations.Single(o => o.Name == name);
        var sut = NormalizationCatalogue.Create(operation.Name, operation.ArgumentArray);
        foreach (
            var shape in Enumerable
                .Range(1, Longest)
                .SelectMany(Shapes)
                .Where(s => sut.Misfit(new(s.Channels, s.Pixels)) is null)
        )
        {
            var (x, dy) = (Samples.Normals(shape.Length, 0), Samples.Normals(shape.Length, 1));
            var (scale, shift) = (Samples.Normals(shape.Channels, 2), Samples.Normals(shape.Channels, 3));
            var (fast, reference) = (new Outputs(sut, shape), new Outputs(sut, shape));

            sut.Forward(x, fast.Tensors(scale, shift), shape, fast.Y, fast.Saved);
            sut.ForwardReference(x, reference.Tensors(scale, shift), shape, reference.Y, reference.Saved);
            reference.AssertEqual(fast, $"{name} forward, {shape}");

            sut.Backward(x, fast.Tensors(scale, shift), fast.Saved, dy, shape, fast.Dx, fast.Dscale, fast.Dshift);
            sut.BackwardReference(
                x,
                reference.Tensors(scale, shift),
                reference.Saved,
                dy,
                shape,
                reference.Dx,
                reference.Dscale,
                reference.Dshift
            );
            reference.AssertEqual(fast, $"{name} backward, {shape}");

            sut.Infer(x, fast.Tensors(scale, shift), shape, fast.Y, fast.Saved);
            sut.InferReference(x, reference.Tensors(scale, shift), shape, reference.Y, reference.Saved);
            reference.AssertEqual(fast, $"{name} inference, {shape}");
        }

        static IEnumerable<BatchShape> Shapes(int channels) =>
            [
                new(2 + (channels % 6), 1, channels),
                new(16 + (channels % 18), 1, channels),
                new(2 + (channels % 3), 2 + (channels % 5), channels),
            ];
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_optimizer_equals_its_reference(string name)
    {
        double[][] calls =
            name == "sgd"
                ?
                [
                    [],
                    [0.9],
                ]
                : [Samples.Optimizers.Single(o => o.Name == name).ArgumentArray];
        foreach (var arguments in calls)
        {
            var sut = OptimizerCatalogue.Create(name, arguments);
            for (var length = 1; length <= Longest; length++)
            {
                var (state, expectedState) = (
                    new float[sut.StatePerParameter * length],
                    new float[sut.StatePerParameter * length]
                );
                var (w, expectedW) = (Samples.Normals(length), Samples.Normals(length));
                for (var step = 1; step <= 3; step++)
                {
                    var gradient = Samples.Normals(length, (uint)step);
                    sut.Step(gradient, 0.1f, step, state, w);
                    sut.StepReference(gradient, 0.1f, step, expectedState, expectedW);
                    Samples.AssertSameBits(expectedW, w, $"{name} parameters");
                    Samples.AssertSameBits(expectedState, state, $"{name} state");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_equals_its_reference(string name)
    {
        var operation = Samples.Losses.Single(o => o.Name == name);
        var sut = LossCatalogue.Create(operation.Name, operation.ArgumentArray);
        for (var classes = 2; classes <= Longest; classes++)
        {
            var rows = 1 + (classes % 19);
            var logits = Array.ConvertAll(Samples.Normals(rows * classes), z => 5 * z);
            var labels = Samples.Labels(rows, classes);
            var (losses, expected) = (new float[rows], new float[rows]);
            var (dlogits, expectedD) = (new float[logits.Length], new float[logits.Length]);
            sut.Apply(logits, labels, rows, classes, losses, dlogits);
            sut.ApplyReference(logits, labels, rows, classes, expected, expectedD);
            Samples.AssertSameBits(expected, losses, $"{name} of {classes} classes");
            Samples.AssertSameBits(expectedD, dlogits, $"{name} gradient of {classes} classes");
        }
    }

    [Fact]
    public void Sums_of_columns_equal_their_reference()
    {
        for (var columns = 1; columns <= Longest; columns++)
        {
            var rows = 1 + (columns % 9);
            var x = Samples.Normals(rows * columns);
            var (sums, expected) = (new float[columns], new float[columns]);
            ColumnSums.Of(x, rows, columns, sums);
            for (var j = 0; j < columns; j++)
                expected[j] = ColumnSums.OfOne(x, j, rows, columns);
            Samples.AssertSameBits(expected, sums, $"{rows} rows");
        }
    }

    private sealed class Outputs(Normalization normalization, BatchShape shape)
    {
        private readonly float[] runningMean = Samples.Normals(
            normalization.HasRunningStatistics ? shape.Channels : 0,
            4
        );
        private readonly float[] runningVariance = Array.ConvertAll(
            Samples.Normals(normalization.HasRunningStatistics ? shape.Channels : 0, 5),
            v => v * v
        );

        public float[] Y { get; } = new float[shape.Length];

        public float[] Saved { get; } = new float[normalization.SavedLength(shape)];

        public float[] Dx { get; } = new float[shape.Length];

        public float[] Dscale { get; } = new float[shape.Channels];

        public float[] Dshift { get; } = new float[shape.Channels];

        public NormalizationTensors Tensors(float[] scale, float[] shift) =>
            new(scale, shift, runningMean, runningVariance);

        public void AssertEqual(Outputs actual, string what)
        {
            Samples.AssertSameBits(Y, actual.Y, $"{what}: y");
            Samples.AssertSameBits(runningMean, actual.runningMean, $"{what}: running mean");
            Samples.AssertSameBits(runningVariance, actual.runningVariance, $"{what}: running variance");
            Samples.AssertSameBits(Dx, actual.Dx, $"{what}: dx");
            Samples.AssertSameBits(Dscale, actual.Dscale, $"{what}: dscale");
            Samples.AssertSameBits(Dshift, actual.Dshift, $"{what}: dshift");
        }
    }
}
