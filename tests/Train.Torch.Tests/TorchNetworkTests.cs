using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using Pipeline.Stages.Train.Torch;
using Pipeline.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipeline.Train.Torch.Tests;

/// <summary>What holds of a network on the torch backend by itself.</summary>
public sealed class TorchNetworkTests
{
    private const int Inputs = 13;
    private const int Classes = 5;
    private const int Rows = SampleNetwork.Rows;

    private static readonly OptimizerSettings Momentum = new(Operation.Of("sgd", 0.9));
    private static readonly Operation CrossEntropy = Operation.Of("softmax_cross_entropy");

    private static readonly MlpDescription Mlp = new(
        Inputs,
        2,
        24,
        Classes,
        Operation.Of("tanh"),
        Operation.Of("he_normal"),
        Operation.Of("batch")
    )
    {
        Dropout = 0.2,
    };

    private static readonly CnnDescription Cnn = new(
        new(2, 8, 8),
        2,
        6,
        Classes,
        Operation.Of("relu"),
        Operation.Of("he_normal"),
        Operation.Of("batch")
    );

    [TorchFact]
    public void It_begins_with_the_weights_that_it_is_given_and_copies_them()
    {
        var initial = InitialWeights.Create(Mlp, seed: 1);
        using var network = Begin(Mlp, initial: initial);
        Step(network);
        Parity.AssertClose(InitialWeights.Create(Mlp, seed: 1), initial, "what was given");
        using var other = Begin(Mlp);
        Assert.Equal(initial.SelectMany(t => t.Values), other.Tensors().SelectMany(t => t.Values));
    }

    [TorchFact]
    public void A_storage_other_than_float32_is_refused()
    {
        var start = new NetworkStart(Mlp, InitialWeights.Create(Mlp, seed: 1), Momentum, CrossEntropy, Rows, Seed: 1);
        var error = Assert.Throws<TorchException>(() =>
            Libtorch.Backend.Begin(start with { Storage = Pipeline.Networks.Storage.Float16 })
        );
        Assert.Contains("keeps numbers in float32, not in Float16", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void On_a_processor_the_same_steps_give_the_same_bits_again()
    {
        var processor = TorchBackend.On("cpu");
        foreach (NetworkDescription description in (NetworkDescription[])[Mlp, Cnn])
        {
            using var one = Begin(description, backend: processor);
            using var other = Begin(description, backend: processor);
            for (var i = 0; i < 5; i++)
                Assert.Equal(Step(one), Step(other));
            Assert.Equal(one.Tensors().SelectMany(t => t.Values), other.Tensors().SelectMany(t => t.Values));
        }
    }

    [TorchFact]
    public void On_a_processor_it_goes_on_from_its_state_to_the_same_bits()
    {
        var processor = TorchBackend.On("cpu");
        foreach (NetworkDescription description in (NetworkDescription[])[Mlp, Cnn])
        {
            using var network = Begin(description, backend: processor);
            Step(network);
            network.ChangeOptimizer(new(Operation.Of("adamw")) { WeightDecay = 0.01, ClipNorm = 0.5 });
            Step(network);
            var state = network.Save();
            Assert.Equal((2, 1, 2), (state.Steps, state.Updates, state.Moments.Count));
            var losses = Enumerable.Range(0, 5).Select(_ => Step(network)).ToArray();
            var weights = network.Tensors().SelectMany(t => t.Values).ToArray();
            network.ChangeOptimizer(Momentum);
            Step(network);

            network.Restore(state);

            Assert.Equal(losses, Enumerable.Range(0, 5).Select(_ => Step(network)));
            Assert.Equal(weights, network.Tensors().SelectMany(t => t.Values));
        }
    }

    [TorchFact]
    public void Inference_of_many_rows_goes_in_pieces_as_large_as_the_largest_batch()
    {
        var (x, y) = Batch(Mlp, (3 * Rows) + 1);
        using var small = Begin(Mlp);
        using var large = Begin(Mlp, largestBatch: y.Length);
        Parity.AssertClose(large.Evaluate(x, y), small.Evaluate(x, y), "evaluation");
        var (ours, theirs) = (new float[y.Length * Classes], new float[y.Length * Classes]);
        large.Logits(x, ours);
        small.Logits(x, theirs);
        Parity.AssertClose(ours, theirs, "logits");
    }

    [TorchFact]
    public void A_network_that_diverges_says_so_by_its_loss_and_goes_on()
    {
        using var network = Begin(Mlp with { Normalization = Operation.Of("none"), Activation = Operation.Of("relu") });
        for (var i = 0; i < 30; i++)
            Step(network, 1e20f);
        Assert.False(double.IsFinite(Step(network).LossSum));
        Assert.Equal(0, Step(network).Correct);
    }

    [TorchFact]
    public void No_tensor_is_left_behind_by_steps_or_by_a_network_that_is_given_back()
    {
        var atFirst = Live;
        using (var network = Begin(Cnn with { Dropout = 0.2 }))
        {
            Step(network);
            var afterOne = Live;
            for (var i = 0; i < 3; i++)
                Step(network);
            var (x, y) = Batch(Cnn, Rows);
            network.Evaluate(x, y);
            network.Logits(x, new float[Rows * Classes]);
            network.Tensors();
            Assert.Equal(afterOne, Live);
        }
        Assert.Equal(atFirst, Live);
    }

    [TorchFact]
    public void A_batch_that_does_not_fit_is_refused()
    {
        using var network = Begin(Mlp);
        Refused(() => network.TrainStep(new float[Inputs], [0, 1], 0.1f), "inputs of shape [2, 13], but 13 values");
        Refused(() => network.TrainStep(new float[Inputs], [5], 0.1f), "The label of row 0 is 5");
        Refused(() => network.TrainStep([], [], 0.1f), "1 to 12 rows here, not 0");
        Refused(() => network.TrainStep(new float[13 * Inputs], new int[13], 0.1f), "1 to 12 rows here, not 13");
        Refused(() => network.TrainStep(new float[2 * Inputs], [0, 1], -1), "A learning rate");
        Refused(() => network.Evaluate(new float[Inputs], [-1]), "The label of row 0 is -1");
        Refused(() => network.Logits(new float[Inputs], new float[4]), "5 values a row, which 4 is no multiple of");
        Refused(() => network.Logits(new float[Inputs], new float[10]), "inputs of shape [2, 13], but 13 values");
        var x = Parity.Normals(2 * Inputs);
        x[Inputs + 3] = float.NaN;
        Refused(() => network.TrainStep(x, [0, 1], 0.1f), "value 3 of row 1 is NaN");
    }

    [TorchFact]
    public void Settings_out_of_range_and_foreign_tensors_are_refused()
    {
        Refused(() => Begin(Mlp, Momentum with { WeightDecay = -1 }), "A weight decay");
        Refused(() => Begin(Mlp, Momentum with { ClipNorm = 0 }), "The norm to which gradients are clipped");
        Refused(() => Begin(Mlp, new(Operation.Of("sdg"))), "the nearest name is sgd");
        Refused(() => Begin(Mlp, largestBatch: 0), "The largest batch");
        Refused(() => Begin(Mlp, initial: []), "12 tensors, but 0 were given");
        Refused(
            () => Begin(Mlp, initial: InitialWeights.Create(Mlp with { Width = 25 }, 1)),
            "Tensor 0 is layers.0.linear"
        );
    }

    [TorchFact]
    public void Exhausted_memory_is_told_with_its_remedy()
    {
        // More than a processor can address.
        var wide = new MlpDescription(100_000, 0, 1, 2, Mlp.Activation, Mlp.Initialization, Mlp.Normalization);
        var exception = Assert.Throws<TorchException>(() => Begin(wide, largestBatch: int.MaxValue));
        Assert.Equal(
            "The memory of the machine is exhausted: choose a smaller batch_size, or train fewer runs at once.",
            exception.Message
        );
    }

    [TorchTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Products_in_bfloat16_have_eight_bits_and_all_else_is_float32(bool isImage)
    {
        NetworkDescription description = isImage ? Cnn : Mlp;
        using var single = Begin(description);
        using var half = Begin(description, precision: Precision.Bfloat16);
        var (x, y) = Batch(description, Rows);
        var (ours, theirs) = (new float[Rows * Classes], new float[Rows * Classes]);
        single.Logits(x, ours);
        half.Logits(x, theirs);
        var difference = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max() / ours.Max(Math.Abs);
        Assert.InRange(difference, 1e-4, 0.05);
        var losses = Enumerable.Range(0, 40).Select(_ => Step(half).MeanLoss).ToList();
        Assert.True(losses[^1] < 0.7 * losses[0], $"The loss went from {losses[0]} to {losses[^1]}.");
        Assert.Contains(half.Tensors().SelectMany(t => t.Values), value => value != Rounded(value));
    }

    [TorchFact]
    public void A_product_in_bfloat16_is_that_of_rounded_factors_with_its_bias_in_float32()
    {
        var linear = new MlpDescription(
            3,
            0,
            1,
            2,
            Operation.Of("relu"),
            Operation.Of("he_normal"),
            Operation.Of("none")
        );
        NamedTensor[] weights =
        [
            new("output.weight", [2, 3], [1.001f, 2, -3, 0.5f, 1, 1]),
            new("output.bias", [2], [0.001f, 1000.001f]),
        ];
        using var network = Begin(linear, precision: Precision.Bfloat16, initial: weights);
        var logits = new float[2];
        network.Logits([1, 2.001f, 0.25f], logits);
        Assert.Equal([1 + (2 * 2) - 0.75f + 0.001f, 0.5f + 2 + 0.25f + 1000.001f], logits);
    }

    [TorchFact]
    public void Products_keep_the_bits_that_TF32_drops()
    {
        const float fine = 1 + (1f / (1 << 20));
        using var scope = Libtorch.Scope();
        var identity = eye(64, device: Libtorch.Place);
        var values = full([64, 64], fine, device: Libtorch.Place);
        Assert.All(Parity.Read(values.mm(identity)), value => Assert.Equal(fine, value));
        var image = values.view(8, 64, 1, 8).expand(8, 64, 8, 8).contiguous();
        var kernels = identity.view(64, 64, 1, 1);
        Assert.All(Parity.Read(nn.functional.conv2d(image, kernels)), value => Assert.Equal(fine, value));
    }

    /// <summary>The tensors that this thread made and has not given back.</summary>
    private static long Live => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static TorchNetwork Begin(
        NetworkDescription description,
        OptimizerSettings? optimizer = null,
        int largestBatch = Rows,
        Precision precision = Precision.Float32,
        IReadOnlyList<NamedTensor>? initial = null,
        Backend? backend = null
    ) =>
        (TorchNetwork)
            (backend ?? Libtorch.Backend).Begin(
                new(
                    description,
                    initial ?? InitialWeights.Create(description, seed: 1),
                    optimizer ?? Momentum,
                    CrossEntropy,
                    largestBatch,
                    Seed: 1
                )
                {
                    Precision = precision,
                }
            );

    private static BatchResult Step(TorchNetwork network, float learningRate = 0.05f)
    {
        NetworkDescription description = network.Tensors()[0].Shape.Count == 4 ? Cnn : Mlp;
        var (x, y) = Batch(description, Rows);
        return network.TrainStep(x, y, learningRate);
    }

    private static (float[] Inputs, int[] Labels) Batch(NetworkDescription description, int rows) =>
        (Parity.Normals(rows * description.Input.Values), Parity.Labels(rows, Classes));

    private static void Refused(Action action, string words) =>
        Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    /// <summary>A number with the upper sixteen of its bits.</summary>
    private static float Rounded(float x) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) & unchecked((int)0xFFFF0000));
}
