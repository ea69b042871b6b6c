using Pipeline.Networks.Descriptions;

namespace Pipeline.Benchmarks;

/// <summary>
/// A training which both engines do: the same inputs, initial weights, batches and steps. The incomplete last batch of an epoch is dropped.
/// </summary>
/// <param name="Id">Its name.</param>
/// <param name="DataSet">The data set as a study names it; standardized.</param>
/// <param name="Network">What is trained, by SGD on the softmax cross-entropy.</param>
/// <param name="BatchSize">Rows a step.</param>
/// <param name="Epochs">Passes over the training rows.</param>
/// <param name="Momentum">The share of a step that the next one keeps.</param>
/// <param name="LearningRate">The step size.</param>
/// <param name="Rows">The number of training rows, where the data set has more.</param>
/// <param name="Seed">Decides split, initial weights and batch order.</param>
internal sealed record Work(
    string Id,
    string DataSet,
    NetworkDescription Network,
    int BatchSize,
    int Epochs,
    double Momentum,
    float LearningRate,
    int Rows = int.MaxValue,
    int Seed = 0
)
{
    /// <summary>
    /// The floating-point operations of the training's matrix products: each layer's outputs, weight gradients and, but
    /// for the first, input gradients.
    /// </summary>
    /// <param name="rows">The number of training rows.</param>
    public double ProductOperations(int rows)
    {
        var perRow = 0.0;
        foreach (var layer in Network.Layers())
        {
            var products = layer switch
            {
                LinearDescription linear => (double)linear.Inputs * linear.Outputs,
                ConvolutionDescription convolution => (double)convolution.Output.Values
                    * convolution.Input.Channels
                    * convolution.Kernel
                    * convolution.Kernel,
                _ => 0,
            };
            perRow += 2 * products * (perRow == 0 ? 2 : 3);
        }
        return perRow * (rows / BatchSize * BatchSize) * Epochs;
    }
}
