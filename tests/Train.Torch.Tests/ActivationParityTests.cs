using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;
using Pipeline.Stages.Train.Torch;
using Pipeline.Tests;
using static TorchSharp.torch;

namespace Pipeline.Train.Torch.Tests;

public sealed class ActivationParityTests
{
    /// <summary>Where pieces of activations meet, and the values around them.</summary>
    private static readonly float[] Kinks =
    [
        .. ((float[])[-8, -6, -3, 0, 3, 6, 8]).SelectMany(kink =>
            (float[])[MathF.BitDecrement(kink), kink, MathF.BitIncrement(kink)]
        ),
        -0f,
    ];

    private static readonly float[] Extremes =
    [
        .. ((float[])[1e-38f, 1e-30f, 1e-10f, 1e-5f, 20, 40, 87, 90, 104, 1e4f, 1e10f, 1e12f]).SelectMany(x =>
            (float[])[-x, x]
        ),
    ];

    /// <summary>Forward, there is an answer for every number, and for what is none.</summary>
    private static readonly float[] Infinite = [float.NegativeInfinity, float.PositiveInfinity, float.NaN];

    public static TheoryData<string> Names() => [.. ActivationCatalogue.Names];

    private static float[] Inputs =>
        [.. Kinks, .. Extremes, .. Enumerable.Range(0, 4001).Select(i => (i - 2000) / 131f), .. Parity.Normals(500)];

    [TorchTheory]
    [MemberData(nameof(Names))]
    public void Values_and_derivatives_agree_for_all_inputs(string name)
    {
        foreach (var operation in Calls(name))
        {
            var x = Inputs;
            var dy = Parity.Normals(x.Length, index: 1);
            var (y, dx) = Managed(operation, x, dy);
            using var scope = Libtorch.Scope();
            var input = tensor(x, device: Libtorch.Place).requires_grad_();
            // Layers hand on what is computed, never a leaf.
            var output = TorchActivations.Table.Create(operation)(input * 1);
            output.backward([tensor(dy, device: Libtorch.Place)]);
            AssertEachClose(x, y, Parity.Read(output), $"{operation}");
            AssertEachClose(x, dx, Parity.Read(input.grad!), $"derivative of {operation}");
        }
    }

    [TorchTheory]
    [MemberData(nameof(Names))]
    public void What_is_no_finite_number_becomes_the_same(string name)
    {
        foreach (var operation in Calls(name))
        {
            var (y, _) = Managed(operation, Infinite, Infinite);
            using var scope = Libtorch.Scope();
            var input = tensor(Infinite, device: Libtorch.Place);
            var theirs = Parity.Read(TorchActivations.Table.Create(operation)(input * 1));
            // On processors with AVX-512 libtorch leaves GELU to oneDNN, whose ∞ · Φ(∞) is no number.
            if (name == "gelu" && float.IsNaN(theirs[1]))
                y[1] = float.NaN;
            Assert.Equal(y, theirs);
        }
    }

    [TorchTheory]
    [InlineData("hard_threshold")]
    [InlineData("sigmoid_table")]
    public void A_gradient_that_is_given_holds_for_infinite_values_too(string name)
    {
        float[] x = [float.NegativeInfinity, float.PositiveInfinity];
        var (_, dx) = Managed(Operation.Of(name), x, [2, 3]);
        using var scope = Libtorch.Scope();
        var input = tensor(x, device: Libtorch.Place).requires_grad_();
        var dy = tensor((float[])[2, 3], device: Libtorch.Place);
        TorchActivations.Table.Create(Operation.Of(name))(input * 1).backward([dy]);
        Assert.Equal(dx, Parity.Read(input.grad!));
    }

    private static IEnumerable<Operation> Calls(string name) =>
        [
            .. SampleNetworks.Calls([name], ActivationCatalogue.Parameters),
            .. ActivationCatalogue.Parameters(name) switch
            {
                [] => (Operation[])[],
                [("size", _)] => [Operation.Of(name, 2), Operation.Of(name, 17)],
                _ => [Operation.Of(name, 0.3)],
            },
        ];

    private static (float[] Y, float[] Dx) Managed(Operation operation, float[] x, float[] dy)
    {
        var activation = ActivationCatalogue.Create(operation.Name, operation.ArgumentArray);
        var (y, dx) = (new float[x.Length], new float[x.Length]);
        activation.Forward(x, y);
        activation.Backward(x, y, dy, dx);
        return (y, dx);
    }

    // Stricter than for tensors: each value has the tolerance to itself. Small values are differences of values about
    // 1, such as 1 − tanh²(x) or 1 + erf(x), for which the two have different polynomials: they are rounded as these,
    // and as what they are multiplied by, 17 in the derivative of gelu_tanh.
    private static void AssertEachClose(float[] x, float[] managed, float[] torch, string what)
    {
        var smallest = what.StartsWith("derivative of gelu_tanh", StringComparison.Ordinal) ? 1 : 0.1f;
        for (var i = 0; i < x.Length; i++)
            Parity.AssertClose([managed[i]], [torch[i]], $"{what} at {x[i]:R}", smallest);
    }
}
