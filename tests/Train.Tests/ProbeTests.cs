using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class ProbeTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Fact]
    public void Where_every_bias_is_far_below_0_all_units_are_dead()
    {
        var hidden = Hidden(Measure("dead_units", "0", ("initial_bias", Scalar.Of(-1000L))));

        string[] names = ["dead_negative_share", "dead_share", "dead_weight_mean", "zero_gradient_share"];
        Assert.All(hidden, layer => Assert.Equal(names, layer.Values.Keys));
        Assert.All(hidden, layer => Assert.Equal(1, layer.Values["zero_gradient_share"]));
        Assert.All(hidden, layer => Assert.Equal(1, layer.Values["dead_share"]));
    }

    [Fact]
    public void Where_every_bias_is_far_above_0_all_units_are_alive()
    {
        var hidden = Hidden(
            Measure(
                "dead_units",
                "0",
                ("initial_bias", Scalar.Of(1000L)),
                ("initialization", Scalar.Of("normal(0.01)"))
            )
        );

        string[] names = ["dead_share", "live_negative_share", "live_weight_mean", "zero_gradient_share"];
        Assert.All(hidden, layer => Assert.Equal(names, layer.Values.Keys));
        Assert.All(hidden, layer => Assert.Equal(0, layer.Values["zero_gradient_share"]));
        Assert.All(hidden, layer => Assert.Equal(0, layer.Values["dead_share"]));
    }

    [Fact]
    public void A_layer_without_an_activation_has_neither_dead_units_nor_slopes() =>
        Assert.Empty(Measure("dead_units+saturation", "0").Single(layer => layer.Name == "output").Values);

    [Theory]
    [InlineData("sigmoid", 1, 1)]
    [InlineData("relu", 1, 1)]
    [InlineData("tanh", 0.5, 0.9)]
    public void Behind_positive_inputs_a_rows_gradient_has_one_sign(string activation, double least, double most)
    {
        using var positive = new Clusters(
            bytes: false,
            values =>
            {
                for (var i = 0; i < values.Length; i++)
                    values[i] += 121;
            }
        );

        var layers = positive
            .Run(
                ("probes", Scalar.Of("gradient_signs")),
                ("probe_epochs", Scalar.Of("0,2")),
                ("activation", Scalar.Of(activation)),
                ("initialization", Scalar.Of("normal(0.02)"))
            )
            .Probes!;

        Assert.All(layers.Where(layer => layer.Layer == 1), layer => Assert.Equal(1, layer.Values["same_sign_sample"]));
        Assert.All(
            layers.Where(layer => layer.Layer > 1),
            layer => Assert.InRange(layer.Values["same_sign_sample"], least, most)
        );
    }

    [Fact]
    public void Signs_are_those_of_each_rows_gradient_and_what_is_0_has_none()
    {
        // Two rows of three inputs into two units; the second unit passes nothing back in the second row.
        var layer = Signed(
            inputs: [1, 2, -3, 4, 0, 5],
            productGradient: [-1, 2, 3, 0],
            weightGradient: [1, 1, -1, 0, 0, 0]
        );

        // Shares ⅔, ⅔ of the first row and 1 of the second; the batch's gradient of the second unit is 0.
        Assert.Equal(
            [new("same_sign_sample", ((2.0 / 3) + (2.0 / 3) + 1) / 3), new("same_sign_batch", 2.0 / 3)],
            ProbeCatalogue.Create("gradient_signs", []).Measure(layer)
        );
    }

    [Fact]
    public void Where_nothing_is_passed_back_there_are_no_signs()
    {
        var layer = Signed(inputs: [1, 2, 3, 4, 5, 6], productGradient: new float[4], weightGradient: new float[6]);

        Assert.All(
            ProbeCatalogue.Create("gradient_signs", []).Measure(layer),
            value => Assert.True(double.IsNaN(value.Value))
        );
    }

    [Theory]
    [InlineData("zeros", false)]
    [InlineData("xavier_normal", true)]
    public void Weights_of_zero_never_move(string initialization, bool move)
    {
        var measured = Measure("movement+layer_gradients", "all", ("initialization", Scalar.Of(initialization)));

        Assert.All(
            measured.Where(layer => layer.Epoch == 0),
            layer => Assert.Equal(0, layer.Values["weight_movement"])
        );
        Assert.All(
            measured.Where(layer => layer.Epoch > 0),
            layer => Assert.Equal(move, layer.Values["weight_movement"] > 0)
        );
    }

    [Theory]
    [InlineData("0,1,5")]
    [InlineData("5")]
    public void Movement_is_measured_from_the_first_weights(string moments)
    {
        var first = Weights(0, "layers.1.linear");

        foreach (var layer in Measure("movement", moments, FullBatch(5)).Where(l => l.Name == "layers.1.linear"))
            AssertNear(
                Math.Sqrt(Weights(layer.Epoch, layer.Name).Zip(first, (w, start) => (w - start) * (w - start)).Sum()),
                layer.Values["weight_movement"]
            );
    }

    [Theory]
    [InlineData("constant(0.1)", true)]
    [InlineData("zeros", true)]
    [InlineData("xavier_normal", false)]
    public void Units_that_begin_alike_stay_alike(string initialization, bool areAlike)
    {
        var hidden = Hidden(
            Measure("symmetry", "all", ("initialization", Scalar.Of(initialization)), ("activation", Scalar.Of("tanh")))
        );

        Assert.Equal(5 * 2, hidden.Length);
        Assert.All(hidden, layer => Assert.Equal(areAlike, layer.Values["unit_difference"] == 0));
    }

    [Fact]
    public void A_bias_alone_breaks_the_symmetry()
    {
        var layer = Observed([1, 2, 1, 2], biases: [0.25f, -0.5f], updates: []);

        Assert.Equal([new("unit_difference", 0.75)], ProbeCatalogue.Create("symmetry", []).Measure(layer));
    }

    // On the full batch an epoch is one step: weights after an epoch are those after a step.
    [Theory]
    [InlineData(0, 3, 3)]
    [InlineData(1, 3, 2)]
    [InlineData(2, 3, 1)]
    [InlineData(0, 11, 8)]
    [InlineData(2, 11, 8)]
    [InlineData(5, 11, 6)]
    public void Updates_are_those_of_the_next_eight_steps(int epoch, int epochs, int steps)
    {
        var way = Enumerable.Range(epoch, steps + 1).Select(end => Weights(end, "layers.1.linear")).ToArray();
        var updates = way.Skip(1).Zip(way, (after, before) => after.Zip(before, (a, b) => a - b).ToArray()).ToArray();

        foreach (var moments in new[] { $"{epoch}", "all" })
        {
            var values = Measure("updates", moments, FullBatch(epochs))
                .Single(layer => layer.Epoch == epoch && layer.Name == "layers.1.linear")
                .Values;
            AssertNear(Length(updates[0]) / Length(way[0]), values["update_ratio"]);
            Assert.Equal(steps > 1, values.ContainsKey("update_cosine"));
            if (steps > 1)
                AssertNear(
                    updates
                        .Skip(1)
                        .Zip(
                            updates,
                            (next, previous) =>
                                next.Zip(previous, (a, b) => a * b).Sum() / Length(next) / Length(previous)
                        )
                        .Average(),
                    values["update_cosine"]
                );
        }

        static double Length(double[] x) => Math.Sqrt(x.Sum(v => v * v));
    }

    [Fact]
    public void At_the_end_of_training_no_update_follows() =>
        Assert.All(Measure("updates", "4").ToArray(), layer => Assert.Empty(layer.Values));

    [Fact]
    public void The_way_back_has_the_cosine_minus_1()
    {
        var layer = Observed(
            [3, 4],
            biases: [],
            [
                [1, 0],
                [-2, 0],
                [0.5f, 0],
            ]
        );

        Assert.Equal(
            [new("update_ratio", 0.2), new("update_cosine", -1)],
            ProbeCatalogue.Create("updates", []).Measure(layer)
        );
    }

    [Fact]
    public void The_path_of_few_weights_is_measured()
    {
        (string, Scalar)[] two =
        [
            ("model.width", Scalar.Of(2L)),
            ("batch_size", Scalar.Of(200L)),
            ("learning_rate", Scalar.Of(0.1)),
        ];
        var measured = Measure("weight_path", "0,3", two);

        foreach (var layer in measured)
        {
            var weights = Weights(layer.Epoch, layer.Name, two);
            Assert.Equal(
                weights.Length <= 8
                    ? weights.Select((weight, i) => KeyValuePair.Create($"weight_{i + 1}", weight))
                    : [],
                layer.Values
            );
        }
        Assert.Equal([0, 4, 6], measured.Take(3).Select(layer => layer.Values.Count));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("batch")]
    public void What_comes_out_of_a_layer_goes_into_the_next(string normalization)
    {
        var layers = Look(("normalization", Scalar.Of(normalization)), ("activation", Scalar.Of("tanh")));

        Assert.Equal(3, layers.Count);
        for (var i = 1; i < layers.Count; i++)
            Assert.Equal(layers[i - 1].Outputs, layers[i].Inputs);
        Assert.All(
            layers.SkipLast(1),
            layer => Assert.Equal(normalization == "none", layer.Products.SequenceEqual(layer.ActivationInputs))
        );
        Assert.Same(layers[^1].Products, layers[^1].Outputs);
        Assert.Null(layers[^1].Activation);
    }

    [Fact]
    public void The_activation_behind_a_residual_block_belongs_to_the_last_layer_of_its_body()
    {
        var layers = Look(("model.kind", Scalar.Of("resmlp")));

        Assert.Equal(
            [
                "stem.linear",
                "blocks.0.body.0.linear",
                "blocks.0.body.1.linear",
                "blocks.1.body.0.linear",
                "blocks.1.body.1.linear",
                "output",
            ],
            layers.Select(layer => layer.Name)
        );
        for (var i = 1; i < layers.Count; i++)
            Assert.Equal(layers[i - 1].Outputs, layers[i].Inputs);
    }

    [Fact]
    public void A_shortcut_with_weights_is_a_layer_without_an_activation()
    {
        using var pictures = new Pictures();
        var spec = Spec.With(("model.kind", Scalar.Of("rescnn")), ("probes", Scalar.Of("dead_units")));

        var layers = Trainer.Run(spec, pictures.Data, Backend.Managed, CancellationToken.None).Probes!;

        Assert.Equal(
            [
                ("stem.convolution", true),
                ("blocks.0.body.0.convolution", true),
                ("blocks.0.body.1.convolution", true),
                ("blocks.1.shortcut.convolution", false),
                ("blocks.1.body.0.convolution", true),
                ("blocks.1.body.1.convolution", true),
                ("output", false),
            ],
            layers.Select(layer => (layer.Name, layer.Values.ContainsKey("dead_share")))
        );
    }

    private static (string, Scalar)[] FullBatch(int epochs) =>
        [
            ("epochs", Scalar.Of((long)epochs)),
            ("batch_size", Scalar.Of(200L)),
            ("activation", Scalar.Of("tanh")),
            ("learning_rate", Scalar.Of(0.3)),
        ];

    private IReadOnlyList<LayerProbe> Measure(
        string probes,
        string moments,
        params (string Key, Scalar Value)[] changes
    ) => clusters.Run([.. changes, ("probes", Scalar.Of(probes)), ("probe_epochs", Scalar.Of(moments))]).Probes!;

    private IReadOnlyList<ObservedLayer> Look(params (string Key, Scalar Value)[] changes)
    {
        var settings = RunSettings.Of(Spec.With(changes), clusters.Data.Header);
        var (inputs, labels) = (new float[Clusters.Training * Clusters.Features], new int[Clusters.Training]);
        RowReader.Gather(clusters.Data, [.. Enumerable.Range(0, Clusters.Training)], inputs, labels);
        return LayerView.Of(settings, InitialWeights.Create(settings.Network, seed: 0), inputs, labels);
    }

    /// <summary>The weights of a layer after so many epochs, which are the first of a longer run too.</summary>
    private double[] Weights(int epochs, string layer, params (string Key, Scalar Value)[] changes)
    {
        var spec = Spec.With([
            .. changes.Length > 0 ? changes : FullBatch(epochs),
            ("epochs", Scalar.Of((long)epochs)),
        ]);
        var tensors =
            epochs == 0
                ? InitialWeights.Create(RunSettings.Of(spec, clusters.Data.Header).Network, seed: 0)
                : Trainer.RunWithNetwork(spec, clusters.Data, Backend.Managed, CancellationToken.None).Network!.Tensors;
        return Array.ConvertAll(
            tensors.Single(tensor => tensor.Name == $"{layer}.weight").Values,
            value => (double)value
        );
    }

    private static LayerProbe[] Hidden(IEnumerable<LayerProbe> layers) =>
        [.. layers.Where(layer => layer.Name != "output")];

    /// <summary>A layer of one or two units of two weights.</summary>
    private static ObservedLayer Observed(float[] weights, float[] biases, float[][] updates) =>
        new()
        {
            Name = "layer",
            IsLinear = true,
            Rows = 1,
            Units = weights.Length / 2,
            Inputs = [],
            InputGradient = [],
            Products = [],
            ProductGradient = [],
            Weights = weights,
            Biases = biases,
            WeightGradient = [],
            Outputs = [],
            Updates = updates,
        };

    /// <summary>A layer of two units of three weights.</summary>
    private static ObservedLayer Signed(float[] inputs, float[] productGradient, float[] weightGradient) =>
        new()
        {
            Name = "layer",
            IsLinear = true,
            Rows = 2,
            Units = 2,
            Inputs = inputs,
            InputGradient = [],
            Products = [],
            ProductGradient = productGradient,
            Weights = new float[6],
            Biases = [],
            WeightGradient = weightGradient,
            Outputs = [],
        };

    private static void AssertNear(double expected, double actual) =>
        Assert.Equal(expected, actual, 1e-5 * Math.Max(1, Math.Abs(expected)));
}
