using System.Globalization;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>
/// The classes of a CSV file, numbered from 0: in the order of numbers where all are numbers, so that 2 comes before 10
/// and 1.0 is 1, else in ordinal order.
/// </summary>
internal sealed class CsvClasses
{
    private readonly Dictionary<string, int> numbers;
    private readonly bool areNumbers;

    private CsvClasses(string path, IReadOnlyList<string> labels)
    {
        var distinct = labels.Distinct(StringComparer.Ordinal).ToArray();
        areNumbers = Array.TrueForAll(distinct, label => Number(label) is not null);
        Names = areNumbers ? InOrder(path, distinct) : [.. distinct.Order(StringComparer.Ordinal)];
        numbers = Names.Index().ToDictionary(name => Key(name.Item), name => name.Index, StringComparer.Ordinal);
    }

    /// <summary>The classes as the file first writes them, in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of classes.</summary>
    public int Count => Names.Count;

    /// <summary>The classes that occur in a training file.</summary>
    /// <exception cref="InvalidDataException">It is one only, or two numbers can't be told apart in double precision.</exception>
    public static CsvClasses Of(string path, IReadOnlyList<string> labels)
    {
        var classes = new CsvClasses(path, labels);
        return classes.Count > 1
            ? classes
            : throw new InvalidDataException(
                $"{path} holds no class but {CsvText.Quoted(labels[0])}; a data set needs two at least."
            );
    }

    /// <summary>Whether a label is a finite number.</summary>
    public static bool IsNumber(string label) => Number(label) is not null;

    /// <summary>A class's number, or null for a label that is none of them.</summary>
    public int? Find(string label) => numbers.TryGetValue(Key(label), out var number) ? number : null;

    private static string[] InOrder(string path, IEnumerable<string> labels)
    {
        string[] names = [.. labels.DistinctBy(DecimalText.Normal, StringComparer.Ordinal).OrderBy(Number)];
        for (var i = 1; i < names.Length; i++)
        {
            if (Number(names[i - 1]) == Number(names[i]))
                throw new InvalidDataException(
                    $"{path} has the classes {CsvText.Quoted(names[i - 1])} and {CsvText.Quoted(names[i])}, which are one number in double "
                        + "precision: write classes as texts, with a letter before the number."
                );
        }
        return names;
    }

    private string Key(string label) => areNumbers && IsNumber(label) ? DecimalText.Normal(label) : label;

    private static double? Number(string label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;
}
