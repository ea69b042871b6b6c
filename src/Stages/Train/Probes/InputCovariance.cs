namespace Pipeline.Stages.Train;

/// <summary>
/// <c>condition_number</c>: of what goes into a layer, over the rows of the probe batch, the largest variance along any direction over
/// the smallest, at least 1. Directions whose variance is below 1e-10 of the largest, such as those that the batch doesn't reach, are
/// left out. Of layers with at most 512 inputs; none where all rows are the same.
/// </summary>
internal sealed class InputCovariance : Probe
{
    private const int MostInputs = 512;
    private const double Negligible = 1e-10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => ["condition_number"];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer)
    {
        var inputs = layer.Inputs.Length / layer.Rows;
        if (inputs > MostInputs)
            return [];
        var variances = SymmetricEigenvalues.Of(Products(layer.Inputs, layer.Rows, inputs));
        var largest = variances.Max();
        return [new("condition_number", largest / Smallest(variances, largest))];
    }

    private static double Smallest(double[] variances, double largest) =>
        variances.Where(variance => variance >= Negligible * largest).DefaultIfEmpty(double.NaN).Min();

    /// <summary>
    /// The products of the centred columns [inputs, inputs] or, where they are fewer, of the centred rows [rows, rows]: both have the
    /// same eigenvalues but for zeros.
    /// </summary>
    private static double[][] Products(float[] x, int rows, int inputs)
    {
        var vectors = new double[Math.Min(rows, inputs)][];
        var ofRows = rows < inputs;
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = new double[Math.Max(rows, inputs)];
        for (var column = 0; column < inputs; column++)
        {
            var mean = 0.0;
            for (var row = 0; row < rows; row++)
                mean += x[(row * inputs) + column];
            mean /= rows;
            for (var row = 0; row < rows; row++)
                vectors[ofRows ? row : column][ofRows ? column : row] = x[(row * inputs) + column] - mean;
        }
        var products = Array.ConvertAll(vectors, _ => new double[vectors.Length]);
        for (var i = 0; i < vectors.Length; i++)
        {
            for (var j = 0; j <= i; j++)
                products[i][j] = products[j][i] = Product(vectors[i], vectors[j]);
        }
        return products;
    }

    private static double Product(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
