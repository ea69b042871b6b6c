namespace Pipeline.Networks.Normalizations;

/// <summary>The shape of a batch in memory: row-major [rows, pixels, channels].</summary>
/// <param name="Rows">The number of examples.</param>
/// <param name="Pixels">The number of values of a channel in an example; 1 for features.</param>
/// <param name="Channels">The number of channels, or features.</param>
internal readonly record struct BatchShape(int Rows, int Pixels, int Channels)
{
    /// <summary>The number of values of a channel in the batch.</summary>
    public int Positions => Rows * Pixels;

    /// <summary>The number of values.</summary>
    public int Length => Positions * Channels;
}
