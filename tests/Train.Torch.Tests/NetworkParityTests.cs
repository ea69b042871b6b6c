using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;
using Pipeline.Networks.Optimizers;
using Pipeline.Stages.Train.Torch;
using Pipeline.Tests;
using static TorchSharp.torch;

namespace Pipeline.Train.Torch.Tests;

/// <summary>
/// Whole networks on both backends. Each of twenty steps starts from the same weights and the same state of the
/// optimizer, so that what is compared is a step and not what twenty steps make of rounding.
/// </summary>
public sealed class NetworkParityTests
{
    private const int Steps = 20;
    private const float LearningRate = 0.05f;

    private static readonly FeatureShape Image = new(2, 8, 8);

    private static IReadOnlyList<SampleNetwork> All { get; } =
    [
        // Of equal weights all logits are equal but for rounding, which decides what is predicted.
        .. SampleNetworks.All.Where(sample => sample.Name != "mlp constant(0.5)").Select(Steadied),
        .. from normalization in SampleNetworks.Calls(NormalizationCatalogue.Names, NormalizationCatalogue.Parameters)
        from description in Families(normalization)
        from dropout in new[] { 0, 0.3 }
        where Fits(description)
        select new SampleNetwork(
            $"{description.GetType().Name} {normalization} dropout {dropout}",
            description with
            {
                Dropout = dropout,
            },
            new(Operation.Of("sgd", 0.9)) { WeightDecay = 0.01, ClipNorm = 1 },
            Operation.Of("softmax_cross_entropy")
        ),
        .. from optimizer in SampleNetworks.Calls(OptimizerCatalogue.Names, OptimizerCatalogue.Parameters)
        from clip in new[] { 0.01, 1000 }
        select Steadied(
            new(
                $"{optimizer} clipped to {clip}",
                Families(Operation.Of("batch")).First(),
                new(optimizer) { WeightDecay = 0.1, ClipNorm = clip },
                Operation.Of("softmax_cross_entropy")
            )
        ),
    ];

    public static TheoryData<string> Names() => [.. All.Select(sample => sample.Name)];

    [TorchTheory]
    [MemberData(nameof(Names))]
    public void A_step_is_the_managed_backends(string name)
    {
        var (managed, sut, inputs, labels) = Begin(name);
        using var owned = sut;
        for (var step = 0; step < Steps; step++)
        {
            Parity.Copy(managed, sut);
            var (x, y) = Batch(step, inputs, labels);
            var ours = managed.TrainStep(x, y, LearningRate);
            var theirs = sut.TrainStep(x, y, LearningRate);
            Parity.AssertClose(ours, theirs, $"step {step}");
            Parity.AssertClose(managed.Tensors(), sut.Tensors(), $"after step {step}");
        }
    }

    [TorchTheory]
    [MemberData(nameof(Names))]
    public void Gradients_and_inference_are_the_managed_backends(string name)
    {
        var (managed, sut, inputs, labels) = Begin(name);
        using var owned = sut;
        for (var step = 0; step < 3; step++)
        {
            var (x, y) = Batch(step, inputs, labels);
            managed.TrainStep(x, y, LearningRate);
            sut.TrainStep(x, y, LearningRate);
        }
        Parity.Copy(managed, sut);
        Parity.AssertClose(managed.Evaluate(inputs, labels), sut.Evaluate(inputs, labels), "evaluation");
        var (ours, theirs) = (new float[labels.Length * 5], new float[labels.Length * 5]);
        managed.Logits(inputs, ours);
        sut.Logits(inputs, theirs);
        Parity.AssertClose(ours, theirs, "logits");
        Parity.AssertClose(managed.Tensors(), sut.Tensors(), "inference leaves tensors alone");
        var (batch, of) = Batch(3, inputs, labels);
        managed.Differentiate(batch, of, dinputs: default);
        using var scope = NewDisposeScope();
        sut.Differentiate(batch, of);
        Parity.AssertGradientsClose(managed.Gradients(), sut.Weights);
    }

    private static (Network Managed, TorchNetwork Sut, float[] Inputs, int[] Labels) Begin(string name)
    {
        var sample = All.Single(s => s.Name == name);
        var (managed, sut) = Parity.Begin(sample.Description, sample.Optimizer, sample.Loss);
        const int rows = (2 * SampleNetwork.Rows) + 5;
        return (
            managed,
            sut,
            Parity.Normals(rows * sample.Description.Input.Values),
            Parity.Labels(rows, sample.Description.Classes)
        );
    }

    // Batches of different lengths, the last a short one.
    private static (float[] Inputs, int[] Labels) Batch(int step, float[] inputs, int[] labels)
    {
        var at = step % 3 * SampleNetwork.Rows;
        var rows = Math.Min(SampleNetwork.Rows, labels.Length - at);
        var width = inputs.Length / labels.Length;
        return (inputs[(at * width)..((at + rows) * width)], labels[at..(at + rows)]);
    }

    private static IEnumerable<NetworkDescription> Families(Operation normalization)
    {
        var (activation, he) = (Operation.Of("gelu"), Operation.Of("he_normal"));
        return
        [
            new MlpDescription(13, 2, 24, 5, activation, he, normalization),
            new CnnDescription(Image, 2, 6, 5, activation, he, normalization),
            new ResMlpDescription(13, 2, 24, 5, activation, he, normalization),
            new ResCnnDescription(Image, 2, 6, 5, activation, he, normalization),
        ];
    }

    // Where a gradient is zero, the usual ε of 1e−8 turns the rounding noise in its place into whole steps of
    // the learning rate. And between the entries of a fine table lie so many borders that rounding puts some
    // value on the other side of one.
    private static SampleNetwork Steadied(SampleNetwork sample) =>
        sample with
        {
            Optimizer = sample.Optimizer.Rule.Name is "adam" or "adamw"
                ? sample.Optimizer with
                {
                    Rule = Operation.Of(sample.Optimizer.Rule.Name, 0.9, 0.999, 1e-3),
                }
                : sample.Optimizer,
            Description =
                sample.Description.Activation.Name == "sigmoid_table"
                    ? sample.Description with
                    {
                        Activation = Operation.Of("sigmoid_table", 9),
                    }
                    : sample.Description,
        };

    private static bool Fits(NetworkDescription description)
    {
        try
        {
            description.Layers();
            return true;
        }
        catch (NetworkDescriptionException)
        {
            return false;
        }
    }
}
