using Pipeline.Networks.Activations;
using Pipeline.Numerics;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

/// <summary>What probes make of a layer, against theory and numbers of NumPy.</summary>
public sealed class ProbeFormulaTests
{
    private const double Exact = 1e-6;

    [Fact]
    public void The_probes_are_these() =>
        Assert.Equal(
            [
                "activation_cost",
                "activation_scale",
                "dead_units",
                "gradient_signs",
                "input_covariance",
                "layer_gradients",
                "linearity",
                "movement",
                "product_distribution",
                "saturation",
                "symmetry",
                "updates",
                "weight_path",
            ],
            ProbeCatalogue.Names.Order(StringComparer.Ordinal)
        );

    // E[f′(Z)]²/Var f(Z) of a standard normal Z, by quadrature in SciPy; of a line it is 1. The sample has 200,000 values.
    [Theory]
    [InlineData("identity", 1)]
    [InlineData("sigmoid", 0.9841671668912026)]
    [InlineData("tanh", 0.9304699236152919)]
    [InlineData("relu", 0.73347110346213)]
    public void The_linear_share_of_a_normal_variable_is_that_of_theory(string activation, double expected)
    {
        var z = new float[200_000];
        new RandomStream(Seed: 3, RandomPurpose.Data).FillNormal(z);

        Assert.Equal(expected, Measured("linearity", Activated(activation, z))["linear_share"], 2e-3);
    }

    [Theory]
    [InlineData(new[] { -1f, -2f, -3f })]
    [InlineData(new[] { 0.1f, 0.1f, 0.1f })]
    public void Where_nothing_varies_nothing_is_linear(float[] z) =>
        Assert.Equal(double.NaN, Measured("linearity", Activated("relu", z))["linear_share"]);

    // By numpy.linalg.eigvalsh; of rank 4, 6, 2 and 5, the other directions being left out.
    [Theory]
    [InlineData(20, 6, true, 88.10190552943237)]
    [InlineData(20, 6, false, 7.850516022244743)]
    [InlineData(6, 20, true, 156.0093209965345)]
    [InlineData(6, 20, false, 4.076299017718102)]
    public void The_condition_number_is_that_of_the_covariance(int rows, int inputs, bool isLattice, double expected)
    {
        var x = Enumerable
            .Range(0, rows * inputs)
            .Select(i => (float)(isLattice ? (i * 379 % 1009) - 500 : ((i * i * 31) + (i * 17)) % 97));

        Assert.Equal(
            expected,
            Measured("input_covariance", Layer([.. x], rows, new float[inputs]))["condition_number"],
            Exact * expected
        );
    }

    [Fact]
    public void Only_what_the_rows_differ_in_counts()
    {
        // Variances 18/4 and 2/4 around (7, 8), and a third input that is the same everywhere.
        float[] x = [10, 8, 1, 4, 8, 1, 7, 9, 1, 7, 7, 1];
        Assert.Equal(9, Measured("input_covariance", Layer(x, 4, new float[3]))["condition_number"], Exact);
        Assert.Equal(
            double.NaN,
            Measured("input_covariance", Layer([5, 6, 5, 6], 2, new float[2]))["condition_number"]
        );
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Wide_inputs_are_not_measured(int inputs, bool isMeasured)
    {
        var x = Enumerable.Range(0, 3 * inputs).Select(i => (float)(i * i % 7));
        Assert.Equal(isMeasured, Measured("input_covariance", Layer([.. x], 3, new float[inputs])).Count > 0);
    }

    // Two units that began as (1, −1) and (2, 0), so that a² is 6/4; the row of zeros is left out. The numbers are NumPy's.
    [Fact]
    public void Products_are_divided_by_the_deviation_that_the_first_weights_give_them()
    {
        var layer = Layer([3, 4, 0, 0, 1, 0], 3, [2, -1, 1, 3], [100, 100]);
        layer.FirstWeights = [1, -1, 2, 0];
        var measured = Measured("product_distribution", layer);

        Assert.Equal(0.6533333333333335, measured["standard_product_variance"], Exact);
        Assert.Equal(1.5801749271137022, measured["standard_product_kurtosis"], Exact);
        Assert.Equal(0.5, measured["within_one_deviation"]);
    }

    // w·x of normal weights is normal with the variance a²‖x‖², whatever x is; 300 units see 100 rows of 50 inputs.
    [Fact]
    public void Products_of_normal_weights_are_standard_normal()
    {
        const int inputs = 50;
        var (x, weights) = (new float[100 * inputs], new float[300 * inputs]);
        new RandomStream(Seed: 5, RandomPurpose.Data).FillNormal(x);
        new RandomStream(Seed: 6, RandomPurpose.Weights).FillNormal(weights);
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= 0.3f;
        var layer = Layer(Array.ConvertAll(x, value => value + 2), 100, weights, new float[300]);
        layer.FirstWeights = weights;
        var measured = Measured("product_distribution", layer);

        // The rows have most of their length in common, which leaves about as many independent products as units.
        Assert.Equal(1, measured["standard_product_variance"], 0.25);
        Assert.Equal(3, measured["standard_product_kurtosis"], 0.8);
        Assert.Equal(0.6827, measured["within_one_deviation"], 0.08);
    }

    // Unit 0 is alive, unit 1 dead, and unit 2 alive though no row's gradient moves it.
    [Fact]
    public void Units_are_told_apart_by_what_comes_out_and_by_what_comes_back()
    {
        var layer = Layer([1, 1, 1, 1], 2, [1, -1, -1, -2, 3, 4], new float[3], [0, 0, 0, 0.5f, 0, -0f]);
        (layer.Activation, layer.Outputs) = (ActivationCatalogue.Create("relu", []), [2, 0, 0, 0, 0, 7]);
        var measured = Measured("dead_units", layer);

        Assert.Equal(1.0 / 3, measured["dead_share"]);
        Assert.Equal(1, measured["dead_negative_share"]);
        Assert.Equal(0.25, measured["live_negative_share"]);
        Assert.Equal(2.0 / 3, measured["zero_gradient_share"]);
    }

    private static Dictionary<string, double> Measured(string probe, ObservedLayer layer) =>
        ProbeCatalogue.Create(probe, []).Measure(layer).ToDictionary(StringComparer.Ordinal);

    private static ObservedLayer Activated(string name, float[] z)
    {
        var layer = Layer(z, z.Length, [1]);
        Func<float, double> function = name switch
        {
            "identity" => x => x,
            "sigmoid" => x => 1 / (1 + Math.Exp(-x)),
            "tanh" => x => Math.Tanh(x),
            _ => x => Math.Max(0, x),
        };
        (layer.Activation, layer.ActivationInputs) = (ActivationCatalogue.Create(name, []), z);
        layer.Outputs = Array.ConvertAll(z, x => (float)function(x));
        return layer;
    }

    private static ObservedLayer Layer(
        float[] inputs,
        int rows,
        float[] weights,
        float[]? biases = null,
        float[]? productGradient = null
    ) =>
        new()
        {
            Name = "layer",
            IsLinear = true,
            Rows = rows,
            Units = biases?.Length ?? 1,
            Inputs = inputs,
            InputGradient = [],
            Products = [],
            ProductGradient = productGradient ?? [],
            Outputs = [],
            Weights = weights,
            Biases = biases ?? [0],
            WeightGradient = [],
        };
}
