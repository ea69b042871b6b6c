using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Pictures of one shape side by side, a transparent pixel between two of them.</summary>
internal sealed class PictureStrip
{
    private const int Gap = 1;

    private readonly IReadOnlyList<Picture> pictures;
    private readonly int channels;
    private readonly int step;

    /// <exception cref="ArgumentException">There are no pictures, or they differ in shape.</exception>
    public PictureStrip(IReadOnlyList<Picture> pictures)
    {
        if (pictures.DistinctBy(picture => (picture.Channels, picture.Height, picture.Width)).Count() != 1)
            throw new ArgumentException("A strip holds one or more pictures of one shape.", nameof(pictures));
        this.pictures = pictures;
        channels = pictures[0].Channels;
        step = pictures[0].Width + Gap;
        Height = pictures[0].Height;
        Width = WidthOf(pictures.Count);
    }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>The width in pixels of a strip of so many of these pictures.</summary>
    public int WidthOf(int count) => (count * step) - Gap;

    /// <summary>The middle of a picture, in pixels from the left.</summary>
    public double Middle(int picture) => (picture * step) + ((step - Gap) / 2.0);

    /// <summary>The strip as a PNG.</summary>
    /// <param name="scales">The scale of each picture.</param>
    public byte[] Paint(IReadOnlyList<GreyScale> scales)
    {
        var levels = new byte[Height * Width * channels];
        for (var i = 0; i < pictures.Count; i++)
            Paint(levels, i * step, pictures[i], scales[i]);
        return Png.Write(channels, Height, Width, levels);
    }

    // From [channels, height, width] to [height, width, channels].
    private void Paint(byte[] levels, int left, Picture picture, GreyScale scale)
    {
        for (var channel = 0; channel < channels; channel++)
        {
            for (var row = 0; row < Height; row++)
            {
                for (var column = 0; column < picture.Width; column++)
                {
                    levels[(((row * Width) + left + column) * channels) + channel] = scale.Level(
                        picture.Values[(((channel * Height) + row) * picture.Width) + column]
                    );
                }
            }
        }
    }
}
