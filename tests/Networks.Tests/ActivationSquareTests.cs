using Pipeline.Networks.Layers;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

public sealed class ActivationSquareTests
{
    private const int Rows = SampleNetwork.Rows;

    [Theory]
    [MemberData(nameof(Samples.Networks), MemberType = typeof(Samples))]
    public void A_step_tells_the_mean_square_of_what_the_output_layer_gets_and_is_the_same_otherwise(string name)
    {
        var sample = SampleNetworks.Get(name);
        var (inputs, labels) = (
            Samples.Normals(Rows * sample.Description.Input.Values),
            Samples.Labels(Rows, sample.Description.Classes)
        );
        var last = Array.Empty<float>();
        LayerObserver observer = (_, x, _, _, _) => last = last.Length == 0 ? x.ToArray() : last;
        sample.Build().Observe(inputs, labels, observer);
        var (plain, measuring) = (sample.Build(), Measuring(sample));

        var without = plain.TrainStep(inputs, labels, 0.05f);
        var with = measuring.TrainStep(inputs, labels, 0.05f);

        Assert.Equal(0, without.ActivationSquare);
        Assert.Equal(last.Average(value => (double)value * value), with.ActivationSquare, 1e-6 * with.ActivationSquare);
        Assert.Equal(without, with with { ActivationSquare = 0 });
        Assert.Equal(Samples.DigestOf(plain), Samples.DigestOf(measuring));
    }

    [Fact]
    public void Without_hidden_layers_it_is_that_of_the_inputs()
    {
        var description = Samples.Mlp(inputs: 2, depth: 0);
        var network = new Network(
            description,
            InitialWeights.Create(description, seed: 1),
            Samples.Sgd,
            Samples.CrossEntropy,
            largestBatch: 2
        )
        {
            MeasuresActivations = true,
        };

        Assert.Equal((1 + 4 + 9 + 16) / 4.0, network.TrainStep([1, -2, 3, -4], [0, 1], 0).ActivationSquare);
    }

    private static Network Measuring(SampleNetwork sample) =>
        new(sample.Description, InitialWeights.Create(sample.Description, 1), sample.Optimizer, sample.Loss, Rows, 1)
        {
            MeasuresActivations = true,
        };
}
