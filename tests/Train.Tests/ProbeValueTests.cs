using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

/// <summary>What the probes of forward and backward pass say, against a network by hand in double.</summary>
public sealed class ProbeValueTests : IDisposable
{
    // Of float32 products, and of shares of which one value in some thousands may stand on the other side of a limit.
    private const double Tolerance = 1e-4;
    private const double ShareTolerance = 2e-3;
    private const int Depth = 2;

    private static readonly (string, Scalar)[] Probes =
    [
        ("probes", Scalar.Of("activation_scale+dead_units+gradient_signs+layer_gradients+saturation+symmetry")),
        ("probe_epochs", Scalar.Of("0,2")),
    ];

    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    public static TheoryData<string, string, double> Activations() =>
        new()
        {
            { "tanh", "xavier_normal", 0 },
            { "tanh", "normal(1)", 0.1 },
            { "sigmoid", "normal(2)", -0.1 },
            { "relu", "he_normal", 0.1 },
            { "relu", "normal(0.3)", -0.5 },
        };

    [Theory]
    [MemberData(nameof(Activations))]
    public void A_perceptron_is_measured_as_by_hand(string activation, string initialization, double bias)
    {
        (string, Scalar)[] changes =
        [
            ("activation", Scalar.Of(activation)),
            ("initialization", Scalar.Of(initialization)),
            ("initial_bias", Scalar.Of(bias)),
            ("model.depth", Scalar.Of((long)Depth)),
            ("model.width", Scalar.Of(7L)),
            ("epochs", Scalar.Of(2L)),
            ("learning_rate", Scalar.Of(0.01)),
        ];
        var settings = RunSettings.Of(Spec.With(changes), clusters.Data.Header);
        var measured = clusters.Run([.. changes, .. Probes]).Probes!;

        var trained = Trainer
            .RunWithNetwork(Spec.With(changes), clusters.Data, Backend.Managed, CancellationToken.None)
            .Network!.Tensors;
        foreach (var (epoch, tensors) in new[] { (0, InitialWeights.Create(settings.Network, seed: 0)), (2, trained) })
        {
            var (inputs, labels) = ProbeBatch();
            var function = Function(activation);
            HandLayer[] layers =
            [
                HandLayer.Linear(tensors, "layers.0.linear", function),
                HandLayer.Linear(tensors, "layers.1.linear", function),
                HandLayer.Linear(tensors, "output", activation: null),
            ];
            AssertMeasured(measured.Where(layer => layer.Epoch == epoch), layers, inputs, labels, activation);
        }
    }

    [Fact]
    public void A_convolutional_network_is_measured_as_by_hand()
    {
        const int rows = 24;
        var header = new PreparedDataHeader
        {
            Shape = [2, 4, 6],
            Classes = 3,
            Bytes = false,
            Training = rows,
            Validation = 1,
            Test = 1,
        };
        var spec = Spec.With(
            ("model.kind", Scalar.Of("cnn")),
            ("model.depth", Scalar.Of(1L)),
            ("model.width", Scalar.Of(5L)),
            ("activation", Scalar.Of("relu")),
            ("initial_bias", Scalar.Of(-0.2))
        );
        var settings = RunSettings.Of(
            Parameters.Of([
                .. spec.Keys.Select(key => KeyValuePair.Create(key, spec[key])),
                new("model.kernel", Scalar.Of(3L)),
                new("model.pooling", Scalar.Of("average")),
            ]),
            header
        );
        var tensors = InitialWeights.Create(settings.Network, seed: 3);
        // Two channels that never fire, bit by bit.
        foreach (var unit in new[] { 1, 4 })
            tensors.Single(tensor => tensor.Name == "stages.0.convolution.bias").Values[unit] = -1000;
        var inputs = Enumerable.Range(0, rows * 48).Select(i => ((i * 379 % 1009) - 500) / 250f).ToArray();
        var labels = Enumerable.Range(0, rows).Select(row => row * 7 % 3).ToArray();
        Probe[] probes =
        [
            .. new[]
            {
                "activation_scale",
                "dead_units",
                "gradient_signs",
                "layer_gradients",
                "saturation",
                "symmetry",
            }.Select(name => ProbeCatalogue.Create(name, [])),
        ];

        var measured = LayerView
            .Of(settings, tensors, inputs, labels)
            .Select(
                (layer, i) =>
                    new LayerProbe
                    {
                        Epoch = 0,
                        Layer = i + 1,
                        Name = layer.Name,
                        Values = new(
                            probes.SelectMany(probe => probe.Measure(layer)).ToDictionary(StringComparer.Ordinal),
                            StringComparer.Ordinal
                        ),
                    }
            );

        HandLayer[] layers =
        [
            HandLayer.Convolution(tensors, "stages.0.convolution", 4, 6, Function("relu")) with
            {
                Behind = Averages,
            },
            HandLayer.Linear(tensors, "output", activation: null),
        ];
        AssertMeasured(measured, layers, inputs, labels, "relu", isConvolution: true);

        // Of 2×2 pixels of five images of 4×6.
        static double[] Averages(double[] y) =>
            [
                .. Enumerable
                    .Range(0, 5 * 6)
                    .Select(i => (Channel: i / 6 * 24, Row: i % 6 / 3 * 2, Column: i % 3 * 2))
                    .Select(p =>
                        (
                            y[p.Channel + (p.Row * 6) + p.Column]
                            + y[p.Channel + (p.Row * 6) + p.Column + 1]
                            + y[p.Channel + ((p.Row + 1) * 6) + p.Column]
                            + y[p.Channel + ((p.Row + 1) * 6) + p.Column + 1]
                        ) / 4
                    ),
            ];
    }

    private (float[] Inputs, int[] Labels) ProbeBatch()
    {
        // The probe batch is the first 128 of the 200 training rows.
        var (inputs, labels) = (new float[128 * Clusters.Features], new int[128]);
        RowReader.Gather(clusters.Data, [.. Enumerable.Range(0, 128)], inputs, labels);
        return (inputs, labels);
    }

    private static void AssertMeasured(
        IEnumerable<LayerProbe> measured,
        HandLayer[] layers,
        float[] inputs,
        int[] labels,
        string activation,
        bool isConvolution = false
    )
    {
        var hand = new HandNetwork(layers, inputs, labels);
        var found = measured.ToArray();
        Assert.Equal(layers.Length, found.Length);
        for (var i = 0; i < layers.Length; i++)
        {
            var expected = Expected(hand, i, layers[i], isLinear: !isConvolution || i > 0, Steepest(activation));
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found[i].Values.Keys);
            foreach (var (name, value) in expected)
            {
                var difference = Math.Abs(value - found[i].Values[name]);
                Assert.True(
                    difference
                        <= (
                            name.EndsWith("_share", StringComparison.Ordinal)
                            || name.StartsWith("same_", StringComparison.Ordinal)
                                ? ShareTolerance
                                : Tolerance * Math.Max(1e-3, Math.Abs(value))
                        ),
                    $"{name} of {found[i].Name} after {found[i].Epoch} epochs is {found[i].Values[name]}, by hand {value}."
                );
            }
        }
    }

    private static Dictionary<string, double> Expected(
        HandNetwork hand,
        int index,
        HandLayer layer,
        bool isLinear,
        double steepest
    )
    {
        var (x, z, h, gradient) = (
            hand.Inputs(index),
            hand.Products(index),
            hand.Outputs(index),
            hand.WeightGradient(index)
        );
        var (units, outputs) = (layer.Biases.Length, h.SelectMany(row => row).ToArray());
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["weight_gradient_norm"] = Math.Sqrt(gradient.Sum(Square)),
            ["input_gradient_norm"] = Math.Sqrt(hand.InputGradients(index).Average(row => row.Sum(Square))),
            ["activation_mean"] = outputs.Average(),
            ["activation_std"] = Math.Sqrt(outputs.Average(Square) - Square(outputs.Average())),
            ["activation_scale"] = h.Average(row => row.Sum(Square)) / x.Average(row => row.Sum(Square)),
            ["product_scale"] = z.Average(row => row.Sum(Square)) / x.Average(row => row.Sum(Square)),
            ["product_gain"] = z.Average(row => row.Average(Square)) / x.Average(row => row.Average(Square)),
            ["unit_difference"] = Math.Max(Difference(layer.Weights, units), Difference(layer.Biases, units)),
        };
        if (isLinear)
        {
            foreach (
                var (name, all) in new[]
                {
                    ("same_sign_sample", x.SelectMany((_, row) => Units(hand.WeightGradient(index, row)))),
                    ("same_sign_batch", Units(gradient)),
                }
            )
            {
                double[][] parts = [.. all.Where(part => part.Any(value => value != 0))];
                if (parts.Length > 0)
                    values[name] = parts.Average(SameSigns);
            }

            IEnumerable<double[]> Units(double[] weights) => weights.Chunk(weights.Length / units);
        }
        if (layer.Activation is null)
            return values;
        values["activation_gain"] = h.Average(row => row.Average(Square)) / x.Average(row => row.Average(Square));
        var slopes = hand.Slopes(index);
        values["saturated_share"] = slopes.Average(slope => slope < 0.01 * steepest ? 1.0 : 0);
        values["largest_slope"] = slopes.Max();
        values["mean_slope"] = slopes.Average();
        var dead = Enumerable
            .Range(0, units)
            .ToLookup(unit => h.All(row => row.Chunk(row.Length / units).ElementAt(unit).All(value => value == 0)));
        values["dead_share"] = (double)dead[true].Count() / units;
        foreach (var (name, isDead) in new[] { ("dead", true), ("live", false) })
        {
            if (!dead[isDead].Any())
                continue;
            var weights = dead[isDead]
                .SelectMany(unit => layer.Weights.Chunk(layer.Weights.Length / units).ElementAt(unit))
                .ToArray();
            values[$"{name}_weight_mean"] = weights.Average();
            values[$"{name}_negative_share"] = (double)weights.Count(weight => weight < 0) / weights.Length;
        }
        var slopesOfBiases = x.Select((_, row) => hand.BiasGradient(index, row)).ToArray();
        values["zero_gradient_share"] =
            (double)Enumerable.Range(0, units).Count(unit => slopesOfBiases.All(row => row[unit] == 0)) / units;
        return values;
    }

    private static double Square(double x) => x * x;

    private static double SameSigns(double[] values)
    {
        var (positive, negative) = (values.Count(value => value > 0), values.Count(value => value < 0));
        return (double)Math.Max(positive, negative) / (positive + negative);
    }

    private static double Difference(double[] values, int units)
    {
        var rows = values.Chunk(values.Length / units).ToArray();
        return rows.Max(row => row.Zip(rows[0], (value, first) => Math.Abs(value - first)).Max());
    }

    private static Func<double, double> Function(string activation) =>
        activation switch
        {
            "tanh" => Math.Tanh,
            "sigmoid" => z => 1 / (1 + Math.Exp(-z)),
            _ => z => Math.Max(0, z),
        };

    private static double Steepest(string activation) => activation == "sigmoid" ? 0.25 : 1;
}
