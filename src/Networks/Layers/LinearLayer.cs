using Pipeline.Numerics;

namespace Pipeline.Networks;

/// <summary><c>y = x·Wᵀ + b</c>, each output a chain of fused multiply-adds that starts at the bias; <c>dx = dy·W</c>, <c>dW = dyᵀ·x</c>, <c>db = Σ dy</c>.</summary>
internal sealed class LinearLayer(LinearDescription description, NetworkTensors tensors, GemmWorkspace workspace) : NetworkLayer(description)
{
    private readonly FloatBuffer weight = tensors.Values($"{description.Name}.weight");
    private readonly FloatBuffer dweight = tensors.Gradient($"{description.Name}.weight");
    private readonly FloatBuffer bias = tensors.Values($"{description.Name}.bias");
    private readonly FloatBuffer dbias = tensors.Gradient($"{description.Name}.bias");

    public override void Forward(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        var hasBias = bias.Length > 0;
        if (hasBias)
            Repeat(bias.Span, y);
        Gemm.Multiply(GemmForm.NT, rows, Outputs, Inputs, x, Inputs, weight.Span, Inputs, y, Outputs, accumulate: hasBias, workspace);
    }

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) => Forward(x, rows, y);

    public override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, int rows, Span<float> dx)
    {
        Gemm.Multiply(GemmForm.TN, Outputs, Inputs, rows, dy, Outputs, x, Inputs, dweight.Span, Inputs, accumulate: false, workspace);
        if (dbias.Length > 0)
            ColumnSums.Of(dy, rows, Outputs, dbias.Span);
        if (!dx.IsEmpty)
            Gemm.Multiply(GemmForm.NN, rows, Inputs, Outputs, dy, Outputs, weight.Span, Inputs, dx, Inputs, accumulate: false, workspace);
    }

    /// <summary>Fills y with copies of a row, twice as many each time.</summary>
    private static void Repeat(ReadOnlySpan<float> row, Span<float> y)
    {
        row.CopyTo(y);
        for (var done = row.Length; done < y.Length; done *= 2)
            y[..Math.Min(done, y.Length - done)].CopyTo(y[done..]);
    }
}
