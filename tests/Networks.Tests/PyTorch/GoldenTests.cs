using Pipeline.Networks.Descriptions;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

/// <summary>The engine agrees with PyTorch in logits, losses, gradients and weights, of every layer and operation: see golden.py.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Cases() => [.. GoldenCase.All.Select(golden => golden.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_engine_agrees_with_PyTorch(string name)
    {
        var golden = GoldenCase.Of(name);
        var disagreements = GoldenComparison.Disagreements(name, golden.Expected, GoldenRun.Of(golden)).ToList();
        Assert.True(disagreements.Count == 0, string.Join('\n', disagreements));
    }

    [Fact]
    public void Every_operation_is_compared_with_PyTorch()
    {
        var layers = GoldenCase.All.SelectMany(golden => golden.Network.Layers()).ToList();
        AssertAll(
            ShippedOperations.Activations,
            layers.OfType<ActivationDescription>().Select(layer => layer.Operation)
        );
        AssertAll(
            ShippedOperations.Normalizations,
            layers.OfType<NormalizationDescription>().Select(layer => layer.Operation)
        );
        AssertAll(ShippedOperations.Optimizers, GoldenCase.All.Select(golden => golden.Optimizer.Rule));
        AssertAll(ShippedOperations.Losses, GoldenCase.All.Select(golden => golden.Loss));

        static void AssertAll(IEnumerable<string> names, IEnumerable<Operation> compared) =>
            Assert.Empty(names.Except(compared.Select(operation => operation.Name)));
    }

    [Theory]
    [InlineData(2.00003f, "[1] is 2.00003, PyTorch has 2; 2E-05 is the most that they may differ.")]
    [InlineData(float.NaN, "[1] is NaN, PyTorch has 2; 2E-05 is the most that they may differ.")]
    public void A_disagreement_names_case_tensor_element_and_both_values(float value, string element) =>
        Assert.Equal(["case: tensor" + element], Disagreements([1, 2], [1.00001f, value]));

    [Fact]
    public void A_tensor_of_another_length_disagrees() =>
        Assert.Equal(["case: tensor has 1 elements, PyTorch's has 2."], Disagreements([1, 2], [1]));

    [Fact]
    public void A_tensor_that_is_missing_disagrees() =>
        Assert.Equal(
            ["case: theirs has 0 elements, PyTorch's has 1.", "case: ours has 1 elements, PyTorch's has 0."],
            GoldenComparison.Disagreements("case", Of("theirs", [1]), Of("ours", [1]))
        );

    private static IEnumerable<string> Disagreements(float[] expected, float[] actual) =>
        GoldenComparison.Disagreements("case", Of("tensor", expected), Of("tensor", actual));

    private static Dictionary<string, float[]> Of(string tensor, float[] values) => new() { [tensor] = values };
}
