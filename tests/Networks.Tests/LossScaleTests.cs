using Pipeline.Networks.Descriptions;
using Pipeline.Networks.LossScales;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

public sealed class LossScaleTests
{
    [Fact]
    public void A_dynamic_scale_doubles_after_good_steps_in_a_row_and_halves_at_once()
    {
        var sut = LossScaleCatalogue.Create("dynamic", [8, 3]);
        var state = new LossScaleState(sut.Initial, 0);
        var scales = new List<float>();
        foreach (var isFinite in "..x.......xx...".Select(step => step == '.'))
        {
            state = sut.After(state, isFinite);
            scales.Add(state.Scale);
        }

        Assert.Equal([8f, 8, 4, 4, 4, 8, 8, 8, 16, 16, 8, 4, 4, 4, 8], scales);
        Assert.True(sut.SkipsSteps);
    }

    [Fact]
    public void A_dynamic_scale_is_65536_at_first_and_doubles_every_200_steps()
    {
        var sut = LossScaleCatalogue.Create("dynamic", []);
        Assert.Equal(65536, sut.Initial);
        Assert.Equal(65536, sut.After(new(65536, 198), true).Scale);
        Assert.Equal(new(131072, 0), sut.After(new(65536, 199), true));
    }

    [Fact]
    public void A_scale_halves_thirty_times_to_the_smallest_normal_number_of_float16_then_it_is_0()
    {
        var sut = LossScaleCatalogue.Create("dynamic", []);
        var state = new LossScaleState(sut.Initial, 0);
        for (var halving = 0; halving < 30; halving++)
            state = sut.After(state, isFinite: false);

        Assert.Equal(MathF.ScaleB(1, -14), state.Scale);
        Assert.Equal(new(0, 0), sut.After(state, isFinite: false));
        Assert.Equal(0, sut.After(new(0, 0), isFinite: false).Scale);
    }

    [Fact]
    public void A_scale_stays_where_doubling_would_leave_float32()
    {
        var largest = MathF.ScaleB(1, 126);
        Assert.Equal(new(largest, 0), LossScaleCatalogue.Create("dynamic", [largest, 1]).After(new(largest, 0), true));
    }

    [Theory]
    [InlineData("none", 1f)]
    [InlineData("static", 3f, 3.0)]
    public void Another_scale_never_changes_and_skips_nothing(string name, float scale, params double[] arguments)
    {
        var sut = LossScaleCatalogue.Create(name, arguments);
        var state = new LossScaleState(sut.Initial, 0);
        Assert.Equal(scale, state.Scale);
        Assert.Equal(scale, sut.After(state, isFinite: false).Scale);
        Assert.False(sut.SkipsSteps);
    }

    [Theory]
    [InlineData("static", 0.0)]
    [InlineData("static", -1.0)]
    [InlineData("static", double.NaN)]
    [InlineData("static", 1e38)]
    [InlineData("static", 1e-38)]
    [InlineData("dynamic", 0.00006)]
    [InlineData("dynamic", 1e38)]
    [InlineData("dynamic", 8.0, 0.0)]
    [InlineData("dynamic", 8.0, 1.5)]
    public void An_argument_out_of_range_is_refused(string name, params double[] arguments)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => LossScaleCatalogue.Create(name, arguments));
        Assert.Matches("loss scale|dynamic", error.Message);
    }

    // Powers of two change exponents alone, as long as nothing leaves the format's range.
    [Theory]
    [InlineData("mlp bfloat16 static(1000)", 1024)]
    [InlineData("resmlp bfloat16", 65536)]
    [InlineData("resmlp bfloat16", 0.0625)]
    public void In_bfloat16_a_scale_that_is_a_power_of_two_changes_no_bit(string name, double scale)
    {
        var sample = SampleNetworks.Narrow.Single(sample => sample.Name == name);
        var (plain, scaled) = (
            (sample with { LossScale = null }).Build(),
            (sample with { LossScale = Operation.Of("static", scale) }).Build()
        );
        for (var step = 0u; step < 10; step++)
        {
            Step(plain, sample, step);
            Step(scaled, sample, step);
        }

        Assert.Equal(Samples.DigestOf(plain), Samples.DigestOf(scaled));
        Assert.NotEqual(Samples.DigestOf(plain), Samples.DigestOf(sample.Build()));
    }

    // The gradient of the loss is ½ at most: 2¹⁶ gives 2¹⁵, which is a number of float16, 2¹⁷ gives 2¹⁶, which is none.
    [Fact]
    public void Skipped_steps_halve_the_scale_until_gradients_are_finite_and_leave_weights_and_optimizer_alone()
    {
        var (dynamic, started) = (Pair(Operation.Of("dynamic", 1 << 20, 3)), Pair(Operation.Of("static", 1 << 16)));
        var (before, scales) = (Samples.DigestOf(dynamic), new List<float>());
        for (var step = 0; step < 4; step++)
        {
            dynamic.TrainStep([1], [0], 0.1f);
            scales.Add(dynamic.LossScale);
            Assert.Equal(before, Samples.DigestOf(dynamic));
        }
        Assert.Equal([1 << 19, 1 << 18, 1 << 17, 1 << 16], scales);
        Assert.Equal(4, dynamic.SkippedSteps);

        for (var step = 0; step < 2; step++)
        {
            dynamic.TrainStep([1], [0], 0.1f);
            started.TrainStep([1], [0], 0.1f);
            Assert.Equal(Samples.DigestOf(started), Samples.DigestOf(dynamic));
        }

        Assert.Equal((1 << 16, 4), (dynamic.LossScale, dynamic.SkippedSteps));
        Assert.Equal(0, started.SkippedSteps);
        dynamic.TrainStep([1], [0], 0.1f);
        Assert.Equal(1 << 17, dynamic.LossScale);
        dynamic.ResetLossScale();
        Assert.Equal((1 << 20, 4), (dynamic.LossScale, dynamic.SkippedSteps));
    }

    // The gradient of the first weight is x·δ·w·scale = 60000²·scale in magnitude, δ·w being 60000 of both classes together: at 2⁻¹⁴
    // still 220,000.
    [Fact]
    public void Gradients_that_no_scale_makes_finite_bring_it_to_0()
    {
        var description = Samples.Mlp(inputs: 1, depth: 1, width: 1, classes: 2, activation: "identity");
        float[][] values =
        [
            [0],
            [0],
            [60000, -60000],
            [0, 0],
        ];
        var tensors = description.Tensors().Zip(values, (t, v) => new NamedTensor(t.Name, t.Shape, v)).ToList();
        var network = new Network(
            description,
            tensors,
            Samples.Sgd,
            Samples.CrossEntropy,
            largestBatch: 1,
            storage: Storage.Float16,
            lossScale: Operation.Of("dynamic")
        );
        for (var step = 1; step <= 31; step++)
        {
            Assert.Equal(Math.Log(2), network.TrainStep([60000], [0], 0.1f).LossSum, 1e-6);
            Assert.Equal(step < 31 ? MathF.ScaleB(65536, -step) : 0, network.LossScale);
        }

        network.TrainStep([60000], [0], 0.1f);

        Assert.Equal((0, 32), (network.LossScale, network.SkippedSteps));
        Assert.All(network.Tensors().Zip(tensors), pair => Assert.Equal(pair.Second.Values, pair.First.Values));
    }

    [Fact]
    public void A_reset_forgets_the_good_steps()
    {
        var network = Pair(Operation.Of("dynamic", 16, 2));
        network.TrainStep([1], [0], 0.1f);
        network.ResetLossScale();
        network.TrainStep([1], [0], 0.1f);
        Assert.Equal(16, network.LossScale);
        network.TrainStep([1], [0], 0.1f);
        Assert.Equal(32, network.LossScale);
    }

    [Fact]
    public void An_observed_network_keeps_its_scale()
    {
        var network = Pair(Operation.Of("dynamic", 16, 2));
        network.TrainStep([1], [0], 0.1f);
        network.Observe([1], [0], (_, _, _, _, _) => { }, lossScale: 4);
        Assert.Equal(16, network.LossScale);
        network.TrainStep([1], [0], 0.1f);
        Assert.Equal(32, network.LossScale);
    }

    [Fact]
    public void A_static_scale_too_large_breaks_the_weights()
    {
        var network = Pair(Operation.Of("static", 1 << 20));
        network.TrainStep([1], [0], 0.1f);
        Assert.False(double.IsFinite(network.TrainStep([1], [0], 0.1f).LossSum));
    }

    [Fact]
    public void Clipping_sees_gradients_without_their_scale()
    {
        Assert.Equal(Samples.DigestOf(Clipped(null)), Samples.DigestOf(Clipped(Operation.Of("static", 4096))));

        static Network Clipped(Operation? scale)
        {
            var network = Pair(scale, new(Operation.Of("sgd")) { ClipNorm = 0.25 });
            network.TrainStep([1], [0], 0.1f);
            return network;
        }
    }

    private static void Step(Network network, SampleNetwork sample, uint step) =>
        network.TrainStep(
            Samples.Normals(SampleNetwork.Rows * sample.Description.Input.Values, step),
            Samples.Labels(SampleNetwork.Rows, sample.Description.Classes),
            0.01f
        );

    /// <summary>A linear classifier of one number in float16, whose logits are 0 at first; Adam counts its steps.</summary>
    private static Network Pair(Operation? lossScale, OptimizerSettings? optimizer = null) =>
        new(
            Samples.Mlp(inputs: 1, depth: 0, classes: 2),
            [new("output.weight", [2, 1], [0, 0]), new("output.bias", [2], [0, 0])],
            optimizer ?? new(Operation.Of("adam")),
            Samples.CrossEntropy,
            largestBatch: 1,
            storage: Storage.Float16,
            lossScale: lossScale
        );
}
