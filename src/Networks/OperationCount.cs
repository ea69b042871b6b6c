using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks;

/// <summary>
/// The multiplications and additions that a network takes to infer one example. A fused multiply-add is both, a padded pixel counts as
/// any other, a subtraction is an addition. What activations compute is left out, as are comparisons, and divisions and roots, of which
/// a normalization has one or two a row.
/// </summary>
public static class OperationCount
{
    /// <summary>Counts those of a network.</summary>
    /// <exception cref="NetworkDescriptionException">The network can't be built.</exception>
    public static long Of(NetworkDescription description) => description.Layers().Sum(Of);

    private static long Of(LayerDescription layer) =>
        layer switch
        {
            LinearDescription linear => Products(linear.Outputs, linear.Inputs, linear.HasBias),
            ConvolutionDescription convolution => Products(
                convolution.Output.Values,
                (long)convolution.Kernel * convolution.Kernel * convolution.Input.Channels,
                convolution.HasBias
            ),
            NormalizationDescription normalization => normalization.Input.Values * PerValue(normalization),
            // A sum of the window, times a constant.
            PoolingDescription { Kind: Pooling.Average } pooling => (long)pooling.Output.Values
                * pooling.Window
                * pooling.Window,
            GlobalAveragePoolingDescription pooling => pooling.Input.Values,
            ResidualDescription block => block.Body.Sum(Of) + block.Shortcut.Sum(Of) + block.Output.Values,
            _ => 0,
        };

    /// <summary>Sums of so many products each, with a bias or without.</summary>
    private static long Products(long outputs, long products, bool hasBias) =>
        outputs * ((2 * products) - (hasBias ? 0 : 1));

    /// <summary>
    /// A line, y = a·x + c, where statistics are running ones. Else squares and their sum, and the product with the deviation's inverse;
    /// sum and subtraction of the mean where there is one; scale and shift.
    /// </summary>
    private static int PerValue(NormalizationDescription description)
    {
        var normalization = NormalizationCatalogue.Create(
            description.Operation.Name,
            description.Operation.ArgumentArray
        );
        if (normalization.HasRunningStatistics && !description.InfersByBatch)
            return 2;
        var ofScale = description.IsAffine ? 1 : 0;
        return (normalization.HasScale ? 3 + ofScale : 0) + (normalization.HasShift ? 2 + ofScale : 0);
    }
}
