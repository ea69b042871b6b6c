namespace Pipeline.Artifacts;

/// <summary>What an image data set looks like, before and after preprocessing: all that Report needs to show it.</summary>
public sealed record DataPreview
{
    /// <summary>The data set's name in the study.</summary>
    public required string DataSet { get; init; }

    /// <summary>Sixteen training samples as the data set has them (fewer only where it has fewer).</summary>
    public required IReadOnlyList<Picture> Samples { get; init; }

    /// <summary>The same samples after each preprocessing chain of the study, in the order of the study.</summary>
    public required IReadOnlyList<PreviewChain> Chains { get; init; }

    /// <summary>The mean of the training split, in the units of <see cref="Samples"/>.</summary>
    public required Picture Mean { get; init; }

    /// <summary>The first principal directions of the training split, up to eight, of unit norm, by falling variance.</summary>
    public required IReadOnlyList<Picture> EigenImages { get; init; }

    /// <summary>The share of the variance (0…1) along each of <see cref="EigenImages"/>.</summary>
    public required IReadOnlyList<double> EigenShares { get; init; }
}

/// <summary>The samples of a preview after a chain of transforms.</summary>
/// <param name="Preprocessing">The chain as the study writes it: <c>center+pca(0.99)</c>.</param>
/// <param name="Samples">As many pictures as <see cref="DataPreview.Samples"/> has, in its order.</param>
public sealed record PreviewChain(string Preprocessing, IReadOnlyList<Picture> Samples);

/// <summary>An image in float32, as it is before anyone chooses a scale of grey.</summary>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Height">The number of rows of pixels, at least 1.</param>
/// <param name="Width">The number of pixels of a row, at least 1.</param>
/// <param name="Values">
/// Values [channels, height, width]; NaN where there is no pixel. They are encoded as the base64 of their little-endian bytes.
/// </param>
/// <exception cref="ArgumentException">
/// Channels, height or width are out of range, or the values are not as many as they say.
/// </exception>
public sealed record Picture(int Channels, int Height, int Width, float[] Values)
{
    /// <summary>Values [channels, height, width]; NaN where there is no pixel.</summary>
    public float[] Values { get; init; } =
        Channels is 1 or 3 && Height > 0 && Width > 0 && Values?.Length == (double)Channels * Height * Width
            ? Values
            : throw new ArgumentException(
                $"{Values?.Length ?? 0} values are no picture of {Channels} × {Height} × {Width}.",
                nameof(Values)
            );

    /// <summary>
    /// A picture of k numbers that are no image, such as principal components: in reading order on a grid of width ⌈√k⌉, then NaN.
    /// </summary>
    /// <exception cref="ArgumentException">There are no components.</exception>
    public static Picture OfComponents(ReadOnlySpan<float> components)
    {
        var width = (int)Math.Ceiling(Math.Sqrt(components.Length));
        var height = width == 0 ? 0 : (components.Length + width - 1) / width;
        var values = new float[height * width];
        values.AsSpan().Fill(float.NaN);
        components.CopyTo(values);
        return new(1, height, width, values);
    }
}
