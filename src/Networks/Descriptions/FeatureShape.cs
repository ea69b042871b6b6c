namespace Pipeline.Networks.Descriptions;

/// <summary>The shape of one example as a layer sees it: features, or an image's channels, height and width.</summary>
/// <param name="Channels">The channels of an image, or the number of features, at least 1.</param>
/// <param name="Height">The height in pixels; 1 for features.</param>
/// <param name="Width">The width in pixels; 1 for features.</param>
public readonly record struct FeatureShape(int Channels, int Height = 1, int Width = 1)
{
    /// <summary>The number of pixels of a channel; 1 for features.</summary>
    public int Pixels => checked(Height * Width);

    /// <summary>The number of values.</summary>
    public int Values => checked(Channels * Pixels);

    /// <summary>Whether each channel has more than one value.</summary>
    public bool IsImage => Pixels > 1;

    /// <summary>As PyTorch writes it: <c>[12]</c> or <c>[3, 32, 32]</c>.</summary>
    public override string ToString() =>
        (Height, Width) == (1, 1) ? $"[{Channels}]" : $"[{Channels}, {Height}, {Width}]";
}
