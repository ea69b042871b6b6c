using Pipeline.Networks.Layers;

namespace Pipeline.Networks;

public sealed partial class Network
{
    /// <inheritdoc/>
    public float LossScale => scale.Value;

    /// <inheritdoc/>
    public int SkippedSteps => scale.Skipped;

    /// <inheritdoc/>
    public void ResetLossScale() => scale.Reset();

    /// <summary>Inputs in the layout and the format that layers read.</summary>
    private ReadOnlySpan<float> Stored(ReadOnlySpan<float> inputs, int rows)
    {
        if (images.Length == 0)
            return inputs;
        var x = images.First(inputs.Length);
        if (NeedsChannelsLast)
            Layout.ChannelsLast(inputs, rows, input, x);
        else
            inputs.CopyTo(x);
        storage.Round(x);
        return x;
    }
}
