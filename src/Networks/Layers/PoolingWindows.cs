using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>Where the windows of a pooling lie in an image of [pixels, channels].</summary>
/// <param name="description">The pooling.</param>
internal sealed class PoolingWindows(PoolingDescription description)
{
    private readonly int[] offsets = Offsets(description);

    /// <summary>The channels.</summary>
    public int Channels { get; } = description.Input.Channels;

    /// <summary>How far behind a window's first pixel its pixels lie, row by row.</summary>
    public ReadOnlySpan<int> Pixels => offsets;

    /// <summary>The rows of windows.</summary>
    public int Rows { get; } = description.Output.Height;

    /// <summary>The windows of a row.</summary>
    public int Columns { get; } = description.Output.Width;

    /// <summary>How far apart rows of windows lie.</summary>
    public int RowStep { get; } = description.Stride * description.Input.Width * description.Input.Channels;

    /// <summary>How far apart the windows of a row lie.</summary>
    public int ColumnStep { get; } = description.Stride * description.Input.Channels;

    /// <summary>Whether windows have pixels in common.</summary>
    public bool Overlap { get; } = description.Stride < description.Window;

    /// <summary>Whether every pixel is in a window.</summary>
    public bool CoverAll { get; } =
        description.Stride <= description.Window
        && ((description.Output.Height - 1) * description.Stride) + description.Window == description.Input.Height
        && ((description.Output.Width - 1) * description.Stride) + description.Window == description.Input.Width;

    private static int[] Offsets(PoolingDescription description)
    {
        var (window, shape) = (description.Window, description.Input);
        return
        [
            .. Enumerable
                .Range(0, window * window)
                .Select(place => ((place / window * shape.Width) + (place % window)) * shape.Channels),
        ];
    }
}
