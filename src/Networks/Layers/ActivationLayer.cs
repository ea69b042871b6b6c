using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>An <see cref="Activation"/> of every value of a batch.</summary>
internal sealed class ActivationLayer(ActivationDescription description) : NetworkLayer(description)
{
    /// <summary>The Activation.</summary>
    public Activation Activation { get; } =
        ActivationCatalogue.Create(description.Operation.Name, description.Operation.ArgumentArray);

    public override bool TakesPieces => true;

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        Activation.Forward(x, y);

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) => Activation.Forward(x, y);

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    ) => Activation.Backward(x, y, dy, dx);
}
