using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Losses;
using Pipeline.Networks.Normalizations;
using Pipeline.Networks.Optimizers;
using Pipeline.Stages.Train.Torch;
using Pipeline.Tests;

namespace Pipeline.Train.Torch.Tests;

/// <summary>Whatever the managed backend has, torch has; these tests need no libtorch.</summary>
public sealed class CompletenessTests
{
    [Fact]
    public void Every_activation_has_a_torch_form() =>
        Assert.Equal(ActivationCatalogue.Names, TorchActivations.Table.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_normalization_has_a_torch_form() =>
        Assert.Equal(NormalizationCatalogue.Names, TorchNormalizations.Table.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_loss_has_a_torch_form() =>
        Assert.Equal(LossCatalogue.Names, TorchLosses.Table.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_optimizer_has_a_torch_form() =>
        Assert.Equal(OptimizerCatalogue.Names, TorchOptimizers.Table.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_kind_of_layer_has_a_torch_form() =>
        Assert.Equal(
            typeof(LayerDescription)
                .Assembly.GetTypes()
                .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(LayerDescription)))
                .ToHashSet(),
            TorchLayers.Table.Keys.ToHashSet()
        );

    public static TheoryData<string> Optimizers() => [.. OptimizerCatalogue.Names];

    public static TheoryData<string> Normalizations() => [.. NormalizationCatalogue.Names];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_optimizer_keeps_as_much_as_the_managed_one_and_decays_as_it(string name)
    {
        foreach (
            double[] arguments in (double[][])
                [
                    [],
                    [0.5],
                ]
        )
        {
            var managed = OptimizerCatalogue.Create(name, arguments);
            var torch = TorchOptimizers.Table.Create(Operation.Of(name, arguments));
            Assert.Equal(
                (managed.StatePerParameter, managed.DecouplesWeightDecay),
                (torch.StatePerParameter, torch.DecouplesWeightDecay)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Normalizations))]
    public void A_normalization_needs_as_many_values_as_the_managed_one(string name)
    {
        var operation = SampleNetworks.Calls([name], NormalizationCatalogue.Parameters).Single();
        Assert.Equal(
            NormalizationCatalogue.Create(name, operation.ArgumentArray).FewestPositions,
            TorchNormalizations.FewestPositions(operation)
        );
    }

    [Fact]
    public void An_operation_without_a_torch_form_is_named()
    {
        var table = new TorchTable<string>("activation", ActivationCatalogue.Parameters, ActivationCatalogue.Create);
        var exception = Assert.Throws<TorchException>(() => table.Create(Operation.Of("relu")));
        Assert.Equal("The torch backend has no activation relu: train on the managed backend.", exception.Message);
    }

    [Fact]
    public void A_layer_without_a_torch_form_is_named()
    {
        var exception = Assert.Throws<TorchException>(() => TorchLayers.Chain([new Foreign("layers.3")], null!));
        Assert.Equal(
            "The torch backend has no layer for Foreign 'layers.3': train on the managed backend.",
            exception.Message
        );
    }

    [Fact]
    public void Arguments_that_are_left_out_take_their_defaults_and_wrong_ones_are_refused()
    {
        var table = new TorchTable<double[]>("activation", ActivationCatalogue.Parameters, ActivationCatalogue.Create)
        {
            ["leaky_relu"] = arguments => arguments,
        };
        Assert.Equal([0.01], table.Create(Operation.Of("leaky_relu")));
        Assert.Equal([0.2], table.Create(Operation.Of("leaky_relu", 0.2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Create(Operation.Of("leaky_relu", 2)));
        Assert.Throws<ArgumentException>(() => table.Create(Operation.Of("leaky")));
    }

    private sealed record Foreign(string Name) : LayerDescription(Name, new FeatureShape(2));
}
