using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary><c>y = body(x) + shortcut(x)</c>; the gradients of both add up.</summary>
internal sealed class ResidualLayer(ResidualDescription description, LayerMemory memory) : NetworkLayer(description)
{
    private readonly LayerChain body = new(description.Body, memory);
    private readonly LayerChain? shortcut = description.Shortcut.Count > 0 ? new(description.Shortcut, memory) : null;
    private readonly FloatBuffer gradient = new(
        description.Shortcut.Count > 0 ? checked(memory.LargestBatch * description.Input.Values) : 0
    );

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y)
    {
        body.Forward(x, rows, step).CopyTo(y);
        Rows.Add(shortcut is null ? x : shortcut.Forward(x, rows, step), y);
    }

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        body.Infer(x, rows).CopyTo(y);
        Rows.Add(shortcut is null ? x : shortcut.Infer(x, rows), y);
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
        body.Backward(x, dy, rows, dx);
        if (shortcut is null)
        {
            Rows.Add(dy, dx);
            return;
        }
        var dshortcut = gradient.First(dx.Length);
        shortcut.Backward(x, dy, rows, dshortcut);
        Rows.Add(dshortcut, dx);
    }
}
