using Pipeline.Numerics;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>A map that mixes features, <c>y = (x − μ)·M</c>, in float64.</summary>
/// <param name="Mean">μ, [inputs].</param>
/// <param name="Matrix">M, [inputs, outputs] row by row.</param>
/// <param name="Shape">The shape of a sample after the map; its product is the number of outputs.</param>
public sealed record LinearMap(double[] Mean, double[] Matrix, IReadOnlyList<int> Shape) : FittedTransform
{
    /// <summary>The number of outputs.</summary>
    public int Outputs => Matrix.Length / Mean.Length;

    /// <summary>Maps rows.</summary>
    /// <param name="rows">[count, inputs]; they are centered in place.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="target">[count, outputs].</param>
    /// <param name="workspace">Where operands are packed.</param>
    internal void Apply(Span<double> rows, int count, Span<double> target, GemmWorkspace workspace)
    {
        var (inputs, outputs) = (Mean.Length, Outputs);
        for (var i = 0; i < count; i++)
        {
            var row = rows.Slice(i * inputs, inputs);
            for (var j = 0; j < inputs; j++)
                row[j] -= Mean[j];
        }
        Gemm.Multiply(
            GemmForm.NN,
            count,
            outputs,
            inputs,
            rows,
            inputs,
            Matrix,
            outputs,
            target,
            outputs,
            accumulate: false,
            workspace
        );
    }
}
