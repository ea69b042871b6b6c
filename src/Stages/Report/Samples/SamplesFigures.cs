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
        return [.. previews.Select(preview => SamplesPicture.Draw(preview, FileName(preview.DataSet, taken)))];
    }

    // gaussian_blobs(3,10) is samples-gaussian-blobs-3-10.svg; what other names have made already gets a number.
    private static string FileName(string dataSet, HashSet<string> taken)
    {
        var words = string.Concat(dataSet.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' '));
        var stem = string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend("samples"));
        var name = stem;
        for (var number = 2; !taken.Add(name); number++)
            name = $"{stem}-{number}";
        return name + ".svg";
    }
}
