using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>An <see cref="Activation"/> of every value of a batch.</summary>
internal sealed class ActivationLayer(ActivationDescription description) : NetworkLayer(description)
{
    private readonly Activation activation = ActivationCatalogue.Create(
        description.Operation.Name,
        description.Operation.ArgumentArray
    );

    public override void Forward(ReadOnlySpan<float> x, int rows, int step, Span<float> y) => activation.Forward(x, y);

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) => activation.Forward(x, y);

    public override void Backward(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int rows,
        Span<float> dx
    ) => activation.Backward(x, y, dy, dx);
}
