using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>The figures of a study's data sets, one each.</summary>
internal static class SamplesFigures
{
    /// <summary>A figure a preview, in their order, under different names.</summary>
    public static IReadOnlyList<Figure> Of(IEnumerable<DataPreview> previews)
    {
        // Names that differ in case alone are one file on some machines.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. previews.Select(preview =>
                SamplesPicture.Draw(preview, PlotFile.Name($"samples {preview.DataSet}", taken))
            ),
        ];
    }
}
