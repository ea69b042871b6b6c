using Pipeline.Networks.Descriptions;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

public sealed class NetworkStateTests
{
    private const int Rows = SampleNetwork.Rows;

    [Theory]
    [MemberData(nameof(Samples.Networks), MemberType = typeof(Samples))]
    public void A_network_goes_on_from_its_state_to_the_same_bits(string name)
    {
        var network = SampleNetworks.Get(name).Build();
        Train(network, name, steps: 10);
        var state = network.Save();
        Train(network, name, steps: 5, from: 10);
        var digest = Samples.DigestOf(network);

        network.Restore(state);
        Train(network, name, steps: 5, from: 10);
        Assert.Equal(digest, Samples.DigestOf(network));

        var other = SampleNetworks.Get(name).Build();
        other.Restore(state);
        Train(other, name, steps: 5, from: 10);
        Assert.Equal(digest, Samples.DigestOf(other));
    }

    [Theory]
    [MemberData(nameof(Samples.Networks), MemberType = typeof(Samples))]
    public void What_is_no_number_leaves_no_trace(string name)
    {
        var sample = SampleNetworks.Get(name);
        // A clipped gradient that is no number is none in the gaps between tensors either.
        sample = sample with
        {
            Optimizer = sample.Optimizer with { ClipNorm = 0.5, WeightDecay = 0.01 },
        };
        var network = sample.Build();
        Train(network, name, steps: 3);
        var state = network.Save();
        Train(network, name, steps: 5, from: 3);
        var digest = Samples.DigestOf(network);
        Diverge(network, name);

        network.Restore(state);
        Train(network, name, steps: 5, from: 3);

        Assert.Equal(digest, Samples.DigestOf(network));
    }

    [Fact]
    public void A_state_is_a_copy()
    {
        var network = SampleNetworks.Get("mlp of plain sgd").Build();
        var state = network.Save();
        var before = state.Tensors[0].Values.ToArray();

        Train(network, "mlp of plain sgd", steps: 1);

        Assert.Equal(before, state.Tensors[0].Values);
        Assert.NotEqual(before, network.Tensors()[0].Values);
    }

    [Fact]
    public void A_state_counts_steps_and_the_updates_of_its_optimizer()
    {
        var network = SampleNetworks.Get("mlp dropout").Build();
        Train(network, "mlp dropout", steps: 4);
        network.ChangeOptimizer(new(Operation.Of("adam")));
        Train(network, "mlp dropout", steps: 3, from: 4);

        var state = network.Save();

        Assert.Equal((7, 3), (state.Steps, state.Updates));
        Assert.Equal(Operation.Of("adam"), state.Optimizer.Rule);
        Assert.Equal(2, state.Moments.Count);
    }

    [Fact]
    public void The_optimizer_of_a_state_comes_back_with_it()
    {
        const string name = "mlp dropout";
        var network = SampleNetworks.Get(name).Build();
        Train(network, name, steps: 4);
        var state = network.Save();
        Train(network, name, steps: 5, from: 4);
        var digest = Samples.DigestOf(network);
        network.ChangeOptimizer(new(Operation.Of("adam")));
        Train(network, name, steps: 2, from: 9);

        network.Restore(state);
        Train(network, name, steps: 5, from: 4);

        Assert.Equal(digest, Samples.DigestOf(network));
    }

    [Theory]
    [InlineData("sgd", 0.9)]
    [InlineData("adamw", null)]
    public void Another_optimizer_begins_as_in_a_new_network(string rule, double? argument)
    {
        const string name = "mlp of plain sgd";
        var optimizer = new OptimizerSettings(new(rule, argument is { } a ? [a] : [])) { WeightDecay = 0.01 };
        var network = SampleNetworks.Get(name).Build();
        Train(network, name, steps: 4);
        var sample = SampleNetworks.Get(name);
        var fresh = new Network(sample.Description, network.Tensors(), optimizer, sample.Loss, Rows);

        network.ChangeOptimizer(optimizer);
        Train(network, name, steps: 3, from: 4);
        Train(fresh, name, steps: 3, from: 4);

        Assert.Equal(Samples.DigestOf(fresh), Samples.DigestOf(network));
    }

    [Fact]
    public void Another_optimizer_leaves_the_masks_of_dropout_as_they_come()
    {
        const string name = "mlp dropout";
        var (plain, changed) = (SampleNetworks.Get(name).Build(), SampleNetworks.Get(name).Build());
        Train(plain, name, steps: 4);
        Train(changed, name, steps: 4);
        changed.ChangeOptimizer(SampleNetworks.Get(name).Optimizer);

        Assert.Equal(Train(plain, name, steps: 1, from: 4), Train(changed, name, steps: 1, from: 4));
    }

    [Fact]
    public void A_state_of_another_network_is_refused()
    {
        var network = SampleNetworks.Get("mlp dropout").Build();
        var state = network.Save();

        var tensors = Assert.Throws<ArgumentException>(() =>
            network.Restore(state with { Tensors = [.. state.Tensors.Skip(1)] })
        );
        var moments = Assert.Throws<ArgumentException>(() =>
            network.Restore(state with { Optimizer = new(Operation.Of("adam")) })
        );

        Assert.StartsWith("The network has 6 tensors, but 5 were given.", tensors.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "The optimizer adam keeps 2 values a parameter, but the state has 1.",
            moments.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>Steps on batches that differ; the last one's loss.</summary>
    private static double Train(Network network, string name, int steps, int from = 0, float learningRate = 0.05f)
    {
        var description = SampleNetworks.Get(name).Description;
        var labels = Samples.Labels(Rows, description.Classes);
        var loss = 0.0;
        for (var step = from; step < from + steps; step++)
            loss = network
                .TrainStep(Samples.Normals(Rows * description.Input.Values, (uint)step), labels, learningRate)
                .LossSum;
        return loss;
    }

    private static void Diverge(Network network, string name)
    {
        for (var step = 0; step < 20; step++)
            if (!double.IsFinite(Train(network, name, steps: 1, from: step, learningRate: 3e38f)))
                return;
        Assert.Fail($"{name} didn't diverge.");
    }
}
