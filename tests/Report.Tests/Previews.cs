using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>Previews of made-up images.</summary>
internal static class Previews
{
    /// <summary>
    /// Grey images of 3 × 2 pixels, whose values before preprocessing run from 0 to 45; a chain that gives images, and
    /// one that gives seven components.
    /// </summary>
    public static DataPreview Small { get; } =
        Of("small", channels: 1, height: 3, width: 2, "center", "standardize+pca(0.9)") with
        {
            Chains =
            [
                new("center", Samples(1, 3, 2, offset: -22.5f)),
                new(
                    "standardize+pca(0.9)",
                    [
                        .. Enumerable
                            .Range(0, 16)
                            .Select(i =>
                                Picture.OfComponents([.. Enumerable.Range(0, 7).Select(j => (i - (2 * j)) / 8f)])
                            ),
                    ]
                ),
            ],
        };

    /// <summary>A preview of sixteen samples whose chains each give images.</summary>
    public static DataPreview Of(string dataSet, int channels, int height, int width, params string[] chains) =>
        new()
        {
            DataSet = dataSet,
            Samples = Samples(channels, height, width, offset: 0),
            Chains = [.. chains.Select(chain => new PreviewChain(chain, Samples(channels, height, width, offset: -1)))],
            Mean = Samples(channels, height, width, offset: 0)[8],
            EigenImages = [.. Samples(channels, height, width, offset: -20).Take(3)],
            EigenShares = [0.5, 0.25, 0.0625],
        };

    private static Picture[] Samples(int channels, int height, int width, float offset) =>
        [
            .. Enumerable
                .Range(0, 16)
                .Select(i => new Picture(
                    channels,
                    height,
                    width,
                    [.. Enumerable.Range(0, channels * height * width).Select(j => offset + (i * (j % 4)))]
                )),
        ];
}
