using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;

namespace Pipeline.Networks.Layers;

/// <summary>
/// <c>y = x·W + b</c> with W stored [inputs, outputs], each output a chain of fused multiply-adds that starts at the
/// bias; <c>dx = dy·Wᵀ</c>, <c>dW = xᵀ·dy</c>, <c>db = Σ dy</c>.
/// </summary>
internal sealed class LinearLayer(LinearDescription description, LayerMemory memory) : NetworkLayer(description)
{
    private readonly GemmWorkspace workspace = memory.Workspace;
    private readonly FloatBuffer weight = memory.Tensors.Values($"{description.Name}.weight");
    private readonly FloatBuffer dweight = memory.Tensors.Gradient($"{description.Name}.weight");
    private readonly FloatBuffer bias = memory.Tensors.Values($"{description.Name}.bias");
    private readonly FloatBuffer dbias = memory.Tensors.Gradient($"{description.Name}.bias");

    public override bool CanSkipInputGradient => true;

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        Infer(x, rows, y);

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        var hasBias = bias.Length > 0;
        if (hasBias)
            Rows.Repeat(bias.Span, y);
        Gemm.Multiply(
            GemmForm.NN,
            rows,
            Outputs,
            Inputs,
            x,
            Inputs,
            weight.Span,
            Outputs,
            y,
            Outputs,
            accumulate: hasBias,
            workspace
        );
    }

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    )
    {
        Gemm.Multiply(
            GemmForm.TN,
            Inputs,
            Outputs,
            rows,
            x,
            Inputs,
            dy,
            Outputs,
            dweight.Span,
            Outputs,
            accumulate: false,
            workspace
        );
        if (dbias.Length > 0)
            ColumnSums.Of(dy, rows, Outputs, dbias.Span);
        if (!dx.IsEmpty)
            Gemm.Multiply(
                GemmForm.NT,
                rows,
                Inputs,
                Outputs,
                dy,
                Outputs,
                weight.Span,
                Outputs,
                dx,
                Inputs,
                accumulate: false,
                workspace
            );
    }
}
