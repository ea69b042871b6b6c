using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Losses;
using Pipeline.Stages.Train.Torch;
using Pipeline.Tests;
using static TorchSharp.torch;

namespace Pipeline.Train.Torch.Tests;

public sealed class LossParityTests
{
    private const int Rows = 23;
    private const int Classes = 7;

    private static IEnumerable<Operation> Losses =>
        [
            .. SampleNetworks.Calls(LossCatalogue.Names, LossCatalogue.Parameters),
            Operation.Of("softmax_cross_entropy", 0.1),
        ];

    public static TheoryData<string> Names() => [.. Losses.Select(loss => loss.ToString())];

    [TorchTheory]
    [MemberData(nameof(Names))]
    public void The_losses_of_rows_and_the_gradient_of_their_mean_agree(string name)
    {
        foreach (var scale in (float[])[0, 0.01f, 1, 30])
        {
            float[] logits = [.. Parity.Normals(Rows * Classes).Select(z => scale * z)];
            var (losses, dlogits) = Managed(name, logits);
            using var scope = Libtorch.Scope();
            var input = tensor(logits, [Rows, Classes], device: Libtorch.Place).requires_grad_();
            var output = Torch(name, input);
            output.mean().backward();
            Parity.AssertClose(losses, Parity.Read(output), $"{name} of logits up to {scale}");
            Parity.AssertClose(dlogits, Parity.Read(input.grad!), $"gradient of {name} of logits up to {scale}");
        }
    }

    [TorchTheory]
    [MemberData(nameof(Names))]
    public void A_loss_is_finite_for_the_same_logits(string name)
    {
        foreach (var extreme in (float[])[float.NaN, float.PositiveInfinity, 1e30f])
        {
            var logits = Parity.Normals(Rows * Classes);
            (logits[0], logits[Classes + 5]) = (extreme, extreme);
            var (losses, _) = Managed(name, logits);
            using var scope = Libtorch.Scope();
            Assert.Equal(
                losses.Select(float.IsFinite),
                Parity.Read(Torch(name, tensor(logits, [Rows, Classes], device: Libtorch.Place))).Select(float.IsFinite)
            );
        }
    }

    private static Tensor Torch(string name, Tensor logits)
    {
        long[] labels = [.. Parity.Labels(Rows, Classes).Select(label => (long)label)];
        var loss = TorchLosses.Table.Create(Losses.Single(loss => loss.ToString() == name));
        return loss(logits, tensor(labels, device: Libtorch.Place));
    }

    private static (float[] Losses, float[] Dlogits) Managed(string name, float[] logits)
    {
        var operation = Losses.Single(loss => loss.ToString() == name);
        var (losses, dlogits) = (new float[Rows], new float[logits.Length]);
        LossCatalogue
            .Create(operation.Name, operation.ArgumentArray)
            .Apply(logits, Parity.Labels(Rows, Classes), Rows, Classes, losses, dlogits);
        return (losses, dlogits);
    }
}
