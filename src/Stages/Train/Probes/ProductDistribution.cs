namespace Pipeline.Stages.Train;

/// <summary>
/// How the products w·x of a linear layer are spread, bias excluded, each divided by the deviation a·‖x‖ that independent weights of
/// mean 0 and deviation a give it; a is the root mean square of the layer's weights before training. Over all units and rows:
/// <c>standard_product_variance</c>, their variance, and <c>standard_product_kurtosis</c>, their fourth central moment over its square,
/// and <c>within_one_deviation</c>, the share from −1 to 1. Of normal weights at initialization these are about 1, 3 and 0.6827. Rows
/// that are 0 are left out.
/// </summary>
internal sealed class ProductDistribution : Probe
{
    /// <inheritdoc/>
    public override bool NeedsFirstWeights => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names =>
        ["standard_product_variance", "standard_product_kurtosis", "within_one_deviation"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer)
    {
        if (!layer.IsLinear)
            return [];
        var products = Products(layer);
        var (sum, inside) = (0.0, 0);
        foreach (var product in products)
        {
            sum += product;
            inside += product is >= -1 and <= 1 ? 1 : 0;
        }
        var mean = sum / products.Count;
        var (second, fourth) = (0.0, 0.0);
        foreach (var product in products)
        {
            var square = (product - mean) * (product - mean);
            (second, fourth) = (second + square, fourth + (square * square));
        }
        var variance = second / products.Count;
        return
        [
            new("standard_product_variance", variance),
            new("standard_product_kurtosis", fourth / products.Count / (variance * variance)),
            new("within_one_deviation", (double)inside / products.Count),
        ];
    }

    /// <summary>w·x/(a·‖x‖), row by row.</summary>
    private static List<double> Products(ObservedLayer layer)
    {
        var (inputs, products) = (layer.WeightsPerUnit, new List<double>(layer.Rows * layer.Units));
        var scale = Math.Sqrt(Norms.SquaredLength(layer.FirstWeights) / layer.FirstWeights.Length);
        for (var row = 0; row < layer.Rows; row++)
        {
            var x = layer.Inputs.AsSpan(row * inputs, inputs);
            var length = Math.Sqrt(Norms.SquaredLength(x));
            for (var unit = 0; unit < layer.Units && length > 0; unit++)
                products.Add(Norms.Product(layer.Weights.AsSpan(unit * inputs, inputs), x) / (scale * length));
        }
        return products;
    }
}
