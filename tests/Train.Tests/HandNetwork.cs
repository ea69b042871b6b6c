using Pipeline.Networks;

namespace Pipeline.Train.Tests;

/// <summary>
/// A network in double by the plainest loops, one row at a time. It has no backward pass: what it says of gradients are finite differences.
/// </summary>
internal sealed class HandNetwork(IReadOnlyList<HandLayer> layers, float[] inputs, int[] labels)
{
    // The error of a central difference is about step², and 1e−16 / step.
    private const double Step = 1e-5;

    private double[][] Rows { get; } =
    [.. inputs.Chunk(inputs.Length / labels.Length).Select(row => Array.ConvertAll(row, x => (double)x))];

    /// <summary>What goes into a layer, row by row.</summary>
    public double[][] Inputs(int layer) =>
        Array.ConvertAll(Rows, row => layers.Take(layer).Aggregate(row, (x, l) => l.Of(x)));

    /// <summary>W·x + b of a layer, row by row.</summary>
    public double[][] Products(int layer) => Array.ConvertAll(Inputs(layer), row => layers[layer].Product(row));

    /// <summary>What comes out of the activation behind a layer, row by row.</summary>
    public double[][] Outputs(int layer) =>
        layers[layer].Activation is { } f
            ? Array.ConvertAll(Products(layer), z => Array.ConvertAll(z, v => f(v)))
            : Products(layer);

    /// <summary>The slopes of the activation behind a layer, of all rows and units.</summary>
    public double[] Slopes(int layer) =>
        [
            .. Products(layer)
                .SelectMany(z => z)
                .Select(z =>
                    Math.Abs(layers[layer].Activation!(z + Step) - layers[layer].Activation!(z - Step)) / (2 * Step)
                ),
        ];

    /// <summary>∂L/∂W of the mean loss.</summary>
    public double[] WeightGradient(int layer)
    {
        var x = Inputs(layer);
        return Differences(layers[layer].Weights, () => x.Select((row, i) => Loss(layer, row, labels[i])).Average());
    }

    /// <summary>∂ℓ/∂W of a row's own loss.</summary>
    public double[] WeightGradient(int layer, int row)
    {
        var x = Inputs(layer)[row];
        return Differences(layers[layer].Weights, () => Loss(layer, x, labels[row]));
    }

    /// <summary>∂ℓ/∂b of a row's own loss, which is that with respect to W·x + b, summed over pixels.</summary>
    public double[] BiasGradient(int layer, int row)
    {
        var x = Inputs(layer)[row];
        return Differences(layers[layer].Biases, () => Loss(layer, x, labels[row]));
    }

    /// <summary>∂ℓ/∂x of each row's own loss.</summary>
    public double[][] InputGradients(int layer) =>
        [.. Inputs(layer).Select((x, i) => Differences(x, () => Loss(layer, x, labels[i])))];

    private double Loss(int from, double[] x, int label)
    {
        var logits = layers.Skip(from).Aggregate(x, (values, layer) => layer.Of(values));
        var largest = logits.Max();
        return Math.Log(logits.Sum(z => Math.Exp(z - largest))) + largest - logits[label];
    }

    private static double[] Differences(double[] at, Func<double> function)
    {
        var slopes = new double[at.Length];
        for (var i = 0; i < at.Length; i++)
        {
            var value = at[i];
            at[i] = value + Step;
            var plus = function();
            at[i] = value - Step;
            slopes[i] = (plus - function()) / (2 * Step);
            at[i] = value;
        }
        return slopes;
    }
}

/// <summary>
/// A layer of a <see cref="HandNetwork"/>: a product, then an activation, then what changes the
/// places of values, such as pooling.
/// </summary>
internal sealed record HandLayer(
    double[] Weights,
    double[] Biases,
    Func<double[], double[]> Product,
    Func<double, double>? Activation = null
)
{
    public Func<double[], double[]> Behind { get; init; } = values => values;

    public double[] Of(double[] x) =>
        Behind(Activation is { } f ? Array.ConvertAll(Product(x), z => f(z)) : Product(x));

    /// <summary>y = W·x + b.</summary>
    public static HandLayer Linear(IReadOnlyList<NamedTensor> tensors, string name, Func<double, double>? activation)
    {
        var (weights, biases) = (Values(tensors, $"{name}.weight"), Values(tensors, $"{name}.bias"));
        return new(weights, biases, Product, activation);

        double[] Product(double[] x)
        {
            var y = new double[biases.Length];
            for (var unit = 0; unit < y.Length; unit++)
            {
                y[unit] = biases[unit];
                for (var i = 0; i < x.Length; i++)
                    y[unit] += weights[(unit * x.Length) + i] * x[i];
            }
            return y;
        }
    }

    /// <summary>A convolution of 3×3 with zeros around the image, channel after channel.</summary>
    public static HandLayer Convolution(
        IReadOnlyList<NamedTensor> tensors,
        string name,
        int height,
        int width,
        Func<double, double> activation
    )
    {
        var (weights, biases) = (Values(tensors, $"{name}.weight"), Values(tensors, $"{name}.bias"));
        return new(weights, biases, Product, activation);

        double[] Product(double[] x)
        {
            var (pixels, channels) = (height * width, x.Length / (height * width));
            var y = new double[biases.Length * pixels];
            for (var at = 0; at < y.Length; at++)
            {
                var (unit, row, column) = (at / pixels, at % pixels / width, at % width);
                y[at] = biases[unit];
                for (var tap = 0; tap < channels * 9; tap++)
                {
                    var (channel, down, right) = (tap / 9, row + (tap % 9 / 3) - 1, column + (tap % 3) - 1);
                    if (down >= 0 && down < height && right >= 0 && right < width)
                        y[at] += weights[(unit * channels * 9) + tap] * x[(channel * pixels) + (down * width) + right];
                }
            }
            return y;
        }
    }

    private static double[] Values(IReadOnlyList<NamedTensor> tensors, string name) =>
        Array.ConvertAll(tensors.Single(tensor => tensor.Name == name).Values, value => (double)value);
}
