using Pipeline.Artifacts;

namespace Pipeline.Html.Tests;

/// <summary>A data set of images that all studies share but those without numbers: grey ramps of 28 × 28 pixels.</summary>
internal static class MadeUpImages
{
    private const int Side = 28;

    private static readonly DataPreview Ramps = new()
    {
        DataSet = "ramps",
        Samples = Pictures(16, offset: 0),
        Chains = [new("center", [.. Pictures(16, offset: -100).Reverse()])],
        Mean = Pictures(1, offset: 0)[0],
        EigenImages = Pictures(3, offset: -14),
        EigenShares = [0.5, 0.25, 0.0625],
    };

    public static IReadOnlyList<DataPreview> Of(StudyTables study) => study.Metrics.Count == 0 ? [] : [Ramps];

    private static Picture[] Pictures(int count, int offset) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(picture => new Picture(
                    1,
                    Side,
                    Side,
                    [
                        .. Enumerable
                            .Range(0, Side * Side)
                            .Select(pixel => (float)(offset + ((picture + 1) * (pixel % Side)) + (pixel / Side))),
                    ]
                )),
        ];
}
