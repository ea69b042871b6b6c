using System.Globalization;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.DataSets;

/// <summary>
/// What a data set was found to hold, in one line by which a user sees whether it is what was meant:
/// <c>data: d: 60 rows, 2 features, 3 classes (0: 20, 1: 20, 2: 20), no header, class in column 3; from …</c>
/// </summary>
internal static class DataSetSummary
{
    private const int MostClasses = 10;
    private const int LongestName = 24;

    /// <summary>The line, to which what was passed over may be added.</summary>
    /// <param name="name">The data set, as studies name it.</param>
    /// <param name="data">It, decoded.</param>
    /// <param name="paths">Its files; none where it is made.</param>
    public static string Of(string name, DataSet data, IReadOnlyList<string> paths)
    {
        var training = data.Labels.Length - data.PublishedTest;
        var rows =
            data.PublishedTest == 0 ? Number(training) : $"{Number(training)} + {Number(data.PublishedTest)} test";
        var origin = paths.Count == 0 ? "made here" : $"from {Path.GetDirectoryName(Path.GetFullPath(paths[0]))}";
        return $"data: {name}: {rows} rows, {Sample(data.Shape)}, {data.Classes} classes ({Classes(data)})"
            + $"{(data.ReadAs is null ? "" : $", {data.ReadAs}")}; {origin}";
    }

    private static string Sample(IReadOnlyList<int> shape) =>
        shape is [var channels, var height, var width]
            ? $"images of {height} × {width}{(channels == 1 ? "" : $" in {channels} channels")}"
                // Other libraries save them so.
                + (
                    width is 1 or 3 or 4 && channels > width
                        ? $" (if the {width} are the channels, save them first: x.transpose(0, 3, 1, 2))"
                        : ""
                )
            : $"{Number(shape[0])} feature{(shape[0] == 1 ? "" : "s")}";

    // Of all rows; where there are many classes, the first ones and the last.
    private static string Classes(DataSet data)
    {
        var counts = new int[data.Classes];
        foreach (var label in data.Labels)
            counts[label]++;
        string[] classes = [.. counts.Select((count, label) => $"{ClassName(data, label)}: {Number(count)}")];
        return classes.Length <= MostClasses
            ? string.Join(", ", classes)
            : string.Join(", ", classes[..(MostClasses - 2)]) + ", …, " + classes[^1];
    }

    private static string ClassName(DataSet data, int label)
    {
        var name = data.ClassNames?[label] ?? label.ToString(CultureInfo.InvariantCulture);
        var cut = name.Length <= LongestName ? name : name[..LongestName] + "…";
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
