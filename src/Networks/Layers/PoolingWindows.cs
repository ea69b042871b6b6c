namespace Pipeline.Networks;

/// <summary>Where the windows of a pooling lie in an image of [pixels, channels].</summary>
/// <param name="description">The pooling.</param>
internal sealed class PoolingWindows(PoolingDescription description)
{
    private readonly int rowLength = description.Input.Width * description.Input.Channels;
    private readonly int outputWidth = description.Output.Width;
    private readonly int stride = description.Stride;

    /// <summary>The channels.</summary>
    public int Channels { get; } = description.Input.Channels;

    /// <summary>Height and width of a window.</summary>
    public int Window { get; } = description.Window;

    /// <summary>The number of windows.</summary>
    public int Count { get; } = description.Output.Pixels;

    /// <summary>Where the first channel of a window's first pixel lies.</summary>
    public int First(int output) => (output / outputWidth * stride * rowLength) + (output % outputWidth * stride * Channels);

    /// <summary>How far behind a window's first pixel lies another of it.</summary>
    public int Offset(int row, int column) => (row * rowLength) + (column * Channels);
}
