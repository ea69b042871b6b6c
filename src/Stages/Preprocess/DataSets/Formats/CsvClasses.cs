using System.Globalization;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>
/// The classes of a CSV file, numbered from 0: in the order of numbers where all are numbers, so that 2 comes before 10
/// and 1.0 is 1, else in ordinal order.
/// </summary>
internal sealed class CsvClasses
{
    private readonly double[]? numbers;
    private readonly string[] texts = [];

    private CsvClasses(IReadOnlyList<string> labels)
    {
        var values = labels.Select(Number).OfType<double>().ToArray();
        if (values.Length == labels.Count)
            numbers = [.. values.Distinct().Order()];
        else
            texts = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The number of classes.</summary>
    public int Count => numbers?.Length ?? texts.Length;

    /// <summary>The classes that occur in a training file.</summary>
    /// <exception cref="InvalidDataException">It is one only.</exception>
    public static CsvClasses Of(string path, IReadOnlyList<string> labels)
    {
        var classes = new CsvClasses(labels);
        return classes.Count > 1
            ? classes
            : throw new InvalidDataException(
                $"{path} holds no class but '{labels[0]}'; a data set needs two at least."
            );
    }

    /// <summary>A class's number, or null for a label that is none of them.</summary>
    public int? Find(string label)
    {
        var index =
            numbers is null ? Array.BinarySearch(texts, label, StringComparer.Ordinal)
            : Number(label) is { } number ? Array.BinarySearch(numbers, number)
            : -1;
        return index >= 0 ? index : null;
    }

    private static double? Number(string label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;
}
