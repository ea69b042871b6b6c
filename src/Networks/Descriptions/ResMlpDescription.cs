namespace Pipeline.Networks.Descriptions;

/// <summary>
/// A residual perceptron: a hidden layer to the width of the blocks, blocks of two linear layers each around which
/// a shortcut leads, then a linear layer to the logits. A block is <c>y = f(x + N(W₂·f(N(W₁·x))))</c> with
/// activation f and normalization N.
/// </summary>
/// <param name="Inputs">The number of values per example, at least 1.</param>
/// <param name="Depth">The number of blocks, at least 1.</param>
/// <param name="Width">The number of units of a layer, at least 1.</param>
/// <param name="Classes">The number of classes, at least 2.</param>
/// <param name="Activation">The operation of the activation catalogue.</param>
/// <param name="Initialization">The operation of the initializer catalogue that fills the weights.</param>
/// <param name="Normalization">The operation of the normalization catalogue.</param>
public sealed record ResMlpDescription(
    int Inputs,
    int Depth,
    int Width,
    int Classes,
    Operation Activation,
    Operation Initialization,
    Operation Normalization
) : NetworkDescription(new(Inputs), Classes, Activation, Initialization, Normalization)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<LayerDescription> Build()
    {
        RequireAtLeast(1, Depth, "The depth of a residual perceptron, its number of blocks,");
        RequireAtLeast(1, Width, "The width of a residual perceptron");
        var shape = new FeatureShape(Width);
        var layers = new List<LayerDescription>(HiddenLinear("stem", Inputs, Width));
        for (var i = 0; i < Depth; i++)
        {
            var name = $"blocks.{i}";
            var second = new LinearDescription(
                $"{name}.body.1.linear",
                Width,
                Width,
                HasBias: NeedsBias($"{name}.body.1", shape)
            );
            layers.AddRange(Block(name, [.. HiddenLinear($"{name}.body.0", Width, Width), second], []));
        }
        layers.Add(new LinearDescription("output", Width, Classes, HasBias: true));
        return layers;
    }
}
