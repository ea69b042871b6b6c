using Pipeline.Artifacts;

namespace Pipeline.Train.Tests;

public sealed class ActivationCostTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Theory]
    [InlineData("identity", 0)]
    [InlineData("hard_threshold", 0)]
    [InlineData("leaky_relu(1)", 0)]
    [InlineData("relu", 1)]
    [InlineData("leaky_relu", 1)]
    [InlineData("relu6", 1)]
    [InlineData("hard_sigmoid", 1)]
    [InlineData("hard_swish", 32)]
    [InlineData("elu", 32)]
    [InlineData("selu", 32)]
    [InlineData("softplus", 32)]
    [InlineData("sigmoid", 32)]
    [InlineData("sigmoid_table(64)", 32)]
    [InlineData("tanh", 32)]
    [InlineData("gelu", 32)]
    [InlineData("gelu_tanh", 32)]
    [InlineData("silu", 32)]
    [InlineData("mish", 32)]
    public void What_is_kept_follows_from_the_number_of_slopes(string activation, double bits) =>
        Assert.All(Hidden(activation), layer => Assert.Equal(bits, layer.Values["kept_bits"]));

    [Fact]
    public void Relu_takes_a_comparison_and_a_selection_each_way() =>
        Assert.All(
            Hidden("relu"),
            layer =>
                Assert.Equal(
                    new SortedDictionary<string, double>(StringComparer.Ordinal)
                    {
                        ["forward_operations"] = 2,
                        ["forward_multiplications"] = 0,
                        ["backward_operations"] = 2,
                        ["backward_multiplications"] = 0,
                        ["kept_bits"] = 1,
                    },
                    layer.Values
                )
        );

    [Fact]
    public void The_way_back_of_a_sigmoid_is_two_multiplications_and_a_subtraction() =>
        Assert.All(
            Hidden("sigmoid"),
            layer =>
                Assert.Equal((3, 2), (layer.Values["backward_operations"], layer.Values["backward_multiplications"]))
        );

    [Fact]
    public void A_layer_without_an_activation_has_no_cost() =>
        Assert.All(Measure("relu").Where(layer => layer.Name == "output"), layer => Assert.Empty(layer.Values));

    [Fact]
    public void What_an_activation_takes_stays_the_same_in_training()
    {
        var layers = Measure("gelu").Where(layer => layer.Name != "output").ToArray();

        Assert.Equal([0, 0, 2, 2], layers.Select(layer => layer.Epoch));
        Assert.All(layers, layer => Assert.Equal(layers[0].Values, layer.Values));
    }

    private IEnumerable<LayerProbe> Hidden(string activation) =>
        Measure(activation).Where(layer => layer.Name != "output");

    private IReadOnlyList<LayerProbe> Measure(string activation) =>
        clusters
            .Run(
                ("activation", Scalar.Of(activation)),
                ("model.depth", Scalar.Of(2L)),
                ("epochs", Scalar.Of(2L)),
                ("probes", Scalar.Of("activation_cost")),
                ("probe_epochs", Scalar.Of("0,2"))
            )
            .Probes!;
}
