using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

public sealed class StorageTests
{
    private static readonly OptimizerSettings PlainSgd = new(Operation.Of("sgd"));

    public static TheoryData<string> Networks() => [.. SampleNetworks.Narrow.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void All_that_flows_between_layers_and_back_is_of_the_format(string name)
    {
        var sample = Get(name);
        var network = sample.Build();
        var (x, labels) = Batch(sample);

        // A scale that isn't 1, so that what is rounded is what is multiplied.
        var gradients = network.Observe(
            x,
            labels,
            (layer, x, y, dy, dx) =>
            {
                AssertOfFormat(sample.Storage, x, $"what goes into {layer.Name}");
                AssertOfFormat(sample.Storage, y, $"what comes out of {layer.Name}");
                AssertOfFormat(sample.Storage, dy, $"the gradient of what comes out of {layer.Name}");
                AssertOfFormat(sample.Storage, dx, $"the gradient of what goes into {layer.Name}");
            },
            lossScale: 48
        );

        foreach (var (tensor, values) in gradients.Select(gradient => (gradient.Name, gradient.Values)))
            Assert.All(values, value => Assert.InRange(Error(sample.Storage, value * 48), 0, 1.2e-7));
    }

    // A linear classifier by hand: x = 3.3, w = (0.1, 0.7), b = (0.2, −0.3), label 0.
    [Theory]
    [InlineData(Storage.Float32)]
    [InlineData(Storage.Float16)]
    [InlineData(Storage.Bfloat16)]
    public void A_step_is_float32_arithmetic_on_what_was_rounded_and_moves_weights_of_float32(Storage storage)
    {
        var network = Linear(storage, lossScale: null, w: [0.1f, 0.7f], b: [0.2f, -0.3f]);
        float[] z = [.. new[] { (0.1f, 0.2f), (0.7f, -0.3f) }.Select(o => Of(Fma(Of(3.3f), Of(o.Item1), Of(o.Item2))))];
        var p = 1 / (1 + Math.Exp(z[1] - z[0]));
        var logits = new float[2];

        network.Logits([3.3f], logits);
        Assert.Equal(z, logits);
        var result = network.TrainStep([3.3f], [0], 0.5f);

        Assert.Equal(-Math.Log(p), result.LossSum, 1e-6);
        var (w, b) = (network.Tensors()[0].Values, network.Tensors()[1].Values);
        var d = Of((float)(1 - p));
        Assert.Equal(0.2f + (0.5f * d), b[0], 3e-7f);
        Assert.Equal(0.1f + (0.5f * Of(d * Of(3.3f))), w[0], 3e-7f);
        Assert.Equal(0.7f - (0.5f * Of(d * Of(3.3f))), w[1], 3e-7f);
        network.Logits([3.3f], logits);
        Assert.Equal([Of(Fma(Of(3.3f), Of(w[0]), Of(b[0]))), Of(Fma(Of(3.3f), Of(w[1]), Of(b[1])))], logits);

        float Of(float value) => Rounded(storage, value);

        static float Fma(float x, float w, float b) => float.FusedMultiplyAdd(x, w, b);
    }

    // Expected: float64 arithmetic of NumPy 1.24 on what its float16 rounds, with a scale of 1024, times 2²⁰. Without rounding the
    // sixth would be 6.3, not −3.8.
    [Fact]
    public void Gradients_are_those_that_another_program_finds()
    {
        var description = Samples.Mlp(inputs: 3, depth: 2, width: 5, classes: 4);
        int[] offsets = [0, 7, 1, 8, 2, 9];
        var tensors = description
            .Tensors()
            .Zip(offsets, (t, offset) => new NamedTensor(t.Name, t.Shape, Numbers(t.Length, offset)))
            .ToList();
        var network = new Network(
            description,
            tensors,
            PlainSgd,
            Samples.CrossEntropy,
            largestBatch: 6,
            storage: Storage.Float16
        );

        Assert.Equal(8.69020252185348, network.Evaluate(Numbers(18, 5), [0, 1, 2, 3, 1, 0]).LossSum, 1e-6);
        var gradients = network.Observe(Numbers(18, 5), [0, 1, 2, 3, 1, 0], (_, _, _, _, _) => { }, lossScale: 1024);

        float[][] expected =
        [
            [
                -60768,
                7144,
                17104,
                61856,
                -10384,
                -3.7890625f,
                -13616,
                -4068,
                4876,
                -120832,
                -13848,
                20640,
                29472,
                9904,
                -13720,
            ],
            [109952, -141696, 25616, 161152, -35392],
            [4596, 23680, 18528, -327680, 3024],
            [-18528, -161408, 161408, 18576],
        ];
        foreach (var (index, values) in ((int[])[0, 1, 3, 5]).Zip(expected))
            Assert.Equal(values, Array.ConvertAll(gradients[index].Values, value => value * (1 << 20)));

        static float[] Numbers(int count, int offset) =>
            [.. Enumerable.Range(0, count).Select(i => ((((i * 37) + offset) % 23) - 11) / 13f)];
    }

    // In float16 alone 1 + 2⁻¹³ is 1, and nothing would ever change.
    [Fact]
    public void Steps_too_small_for_the_format_add_up()
    {
        var network = Linear(Storage.Float16, lossScale: null, w: [1, 1], b: [0, 0]);
        for (var step = 0; step < 64; step++)
            network.TrainStep([1], [0], 1f / 4096);

        // The gradient is ½ at first and hardly less later.
        Assert.InRange(network.Tensors()[0].Values[0], 1 + (60 * 0.5f / 4096), 1 + (64 * 0.5f / 4096));
    }

    // x·δ = 2⁻²⁴·½·2⁻¹ is half of what float16 can tell from 0 at most.
    [Fact]
    public void Gradients_too_small_for_float16_are_0_without_a_scale_and_exact_with_one()
    {
        const float tiny = 1f / (1 << 24);
        float[] Gradient(Storage storage, Operation? scale)
        {
            var network = Linear(storage, scale, w: [0, 0], b: [0, 0], rows: 2);
            network.TrainStep([tiny, 0], [0, 1], 1);
            return network.Tensors()[0].Values;
        }

        Assert.Equal([0f, 0f], Gradient(Storage.Float16, scale: null));
        Assert.Equal([tiny / 4, -tiny / 4], Gradient(Storage.Float16, Operation.Of("static", 1024)));
        Assert.Equal([tiny / 4, -tiny / 4], Gradient(Storage.Bfloat16, scale: null));
        Assert.Equal([tiny / 4, -tiny / 4], Gradient(Storage.Float32, scale: null));
    }

    [Theory]
    [InlineData(Storage.Float16, 66000f)]
    [InlineData(Storage.Bfloat16, 3.4e38f)]
    public void What_is_too_large_for_the_format_is_a_loss_that_is_not_finite(Storage storage, float x)
    {
        var network = Linear(storage, lossScale: null, w: [1, 1], b: [0, 0]);

        Assert.False(double.IsFinite(network.Evaluate([x], [0]).LossSum));
        Assert.True(double.IsFinite(Linear(Storage.Float32, null, [1, 1], [0, 0]).Evaluate([x], [0]).LossSum));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_step_allocates_nothing(string name)
    {
        var sample = Get(name);
        var network = sample.Build();
        var (x, labels) = Batch(sample);
        network.TrainStep(x, labels, 0.01f);

        var before = GC.GetAllocatedBytesForCurrentThread();
        network.TrainStep(x, labels, 0.01f);
        network.Evaluate(x, labels);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_row_is_inferred_alone_as_among_others(string name)
    {
        var sample = Get(name);
        var (x, _) = Batch(sample);
        var classes = sample.Description.Classes;
        var (all, one) = (new float[SampleNetwork.Rows * classes], new float[classes]);
        sample.Build().Logits(x, all);
        sample.Build(largestBatch: 1).Logits(x.AsSpan(0, sample.Description.Input.Values), one);

        Samples.AssertSameBits(all.AsSpan(0, classes), one, name);
    }

    private static SampleNetwork Get(string name) => SampleNetworks.Narrow.Single(sample => sample.Name == name);

    private static (float[] X, int[] Labels) Batch(SampleNetwork sample) =>
        (
            Samples.Normals(SampleNetwork.Rows * sample.Description.Input.Values),
            Samples.Labels(SampleNetwork.Rows, sample.Description.Classes)
        );

    private static Network Linear(Storage storage, Operation? lossScale, float[] w, float[] b, int rows = 1) =>
        new(
            Samples.Mlp(inputs: 1, depth: 0, classes: 2),
            [new("output.weight", [2, 1], w), new("output.bias", [2], b)],
            PlainSgd,
            Samples.CrossEntropy,
            rows,
            storage: storage,
            lossScale: lossScale
        );

    private static float Rounded(Storage storage, float value) =>
        storage switch
        {
            Storage.Float16 => Rounding.ToFloat16(value),
            Storage.Bfloat16 => Rounding.ToBfloat16(value),
            _ => value,
        };

    private static void AssertOfFormat(Storage storage, ReadOnlySpan<float> values, string what)
    {
        foreach (var value in values)
            Assert.True(Rounded(storage, value) == value, $"{what} has {value:R}, which is no number of {storage}.");
    }

    /// <summary>How far a number is from one of the format, relative to it.</summary>
    private static double Error(Storage storage, float value) =>
        value == 0 ? 0 : Math.Abs(((double)Rounded(storage, value) - value) / value);
}
