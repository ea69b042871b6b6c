using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.DataSets;

/// <summary>
/// Reads the file by which users describe a data set of their own: <c>format</c> (csv, idx, npy or cifar10), <c>training</c> and, if they
/// like, <c>test</c> (files beside it: one for csv, features and labels for idx and npy, one or more for cifar10); for csv also
/// <c>label</c>, the class's column by name or by number from 1, and <c>header</c>, whether the first row names the columns; and
/// <c>allow</c>, one name or several of what is meant though it is a mistake mostly.
/// </summary>
public static class DataSetFile
{
    private const string Format = "format";
    private const string Training = "training";
    private const string Test = "test";
    private const string Label = "label";
    private const string Header = "header";

    private const string Allow = "allow";

    private static readonly string[] Keys = [Format, Training, Test, Label, Header, Allow];

    /// <summary>Reads a description; whether the files that it names are there is not looked at.</summary>
    /// <param name="path">The file; messages name it as it is given here.</param>
    /// <exception cref="StudyException">The file can't be read, is no YAML, or describes no data set.</exception>
    public static DataSetDescription Read(string path)
    {
        var start = new Place(path, 1, 1);
        if (NodeReader.Read(path, StudyFile.Read(path, null).Text) is not MapNode root)
            throw new StudyException(
                start,
                "a data set is described by a map that begins with a key, such as format: csv"
            );
        if (root.Entries.FirstOrDefault(entry => !Keys.Contains(entry.Key, StringComparer.Ordinal)) is { } unknown)
            throw new StudyException(
                unknown.Place,
                $"a data set has no key {Quotation.Of(unknown.Key)}{Nearest.Hint(unknown.Key, Keys)}"
            );
        var entries = root.Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        if (!entries.TryGetValue(Format, out var formatEntry))
            throw new StudyException(start, "the data set has no format; write a line such as format: csv");
        var format = FileFormat.Read(Format, formatEntry.Value);
        if (!entries.TryGetValue(Training, out var training))
            throw new StudyException(
                start,
                $"the data set names no training rows; write a line such as {Training}: {format.Example}"
            );
        var hasHeader = entries.TryGetValue(Header, out var header) && IsTrue(CsvOnly(format, header));
        var description = new DataSetDescription
        {
            Format = format.Name,
            Training = Files(format, training),
            Test = entries.TryGetValue(Test, out var test) ? Files(format, test) : [],
            Label = entries.TryGetValue(Label, out var label) ? Column(CsvOnly(format, label), hasHeader) : null,
            HasHeader = hasHeader,
            Allow = entries.TryGetValue(Allow, out var allow) ? Allowed(allow) : [],
        };
        var twice = description
            .Training.Concat(description.Test)
            .GroupBy(file => file, StringComparer.Ordinal)
            .FirstOrDefault(files => files.Count() > 1);
        return twice is null
            ? description
            : throw new StudyException(
                (test ?? training).Value.Place,
                $"the file {Quotation.Of(twice.Key)} stands twice; name each file once"
            );
    }

    private static string[] Files(FileFormat format, MapEntry entry)
    {
        var nodes = entry.Value is ListNode list ? list.Items : [entry.Value];
        string[] files = [.. nodes.Select(node => FileName(entry.Key, node))];
        return files.Length >= format.Fewest && files.Length <= format.Most
            ? files
            : throw new StudyException(
                entry.Value.Place,
                $"{entry.Key} of the format {format.Name} expects {format.Expectation}, "
                    + $"such as {entry.Key}: {format.Example}, not {files.Length} file{(files.Length == 1 ? "" : "s")}"
            );
    }

    private static string FileName(string key, Node node)
    {
        if (node is not ScalarNode { Value.IsText: true, Text: { Length: > 0 } name })
            throw ParameterType.Unexpected(key, "the name of a file or a list of names", node);
        return name is "." or ".." || name.AsSpan().ContainsAny('/', '\\', ':')
            ? throw new StudyException(
                node.Place,
                $"{Quotation.Of(name)} leads elsewhere; a data set's files lie beside its description and are named without folder"
            )
            : name;
    }

    private static string[] Allowed(MapEntry entry)
    {
        string[] names = [.. Allowance.All.Select(allowance => allowance.Name)];
        var nodes = entry.Value is ListNode list ? list.Items : [entry.Value];
        return [.. nodes.Select(Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        string Name(Node node) =>
            node is not ScalarNode { Value.IsText: true } scalar
                ? throw ParameterType.Unexpected(entry.Key, $"one or several of {string.Join(", ", names)}", node)
            : names.Contains(scalar.Text, StringComparer.Ordinal) ? scalar.Text
            : throw new StudyException(
                node.Place,
                $"there is nothing to allow that is called {Quotation.Of(scalar.Text)}{Nearest.Hint(scalar.Text, names)}"
            );
    }

    private static MapEntry CsvOnly(FileFormat format, MapEntry entry) =>
        format.Name == FileFormat.Csv
            ? entry
            : throw new StudyException(
                entry.Place,
                $"the format {format.Name} has no {entry.Key}; only {FileFormat.Csv} has one"
            );

    private static bool IsTrue(MapEntry entry) =>
        entry.Value is ScalarNode { Value: { IsText: false, IsNumber: false } value }
            ? value == Scalar.Of(true)
            : throw ParameterType.Unexpected(entry.Key, "true or false", entry.Value);

    private static string Column(MapEntry entry, bool hasHeader)
    {
        if (new WholeNumber(1, int.MaxValue).ReadInteger(entry.Value) is { } number)
            return number.ToString(CultureInfo.InvariantCulture);
        if (entry.Value is not ScalarNode { Value.IsText: true } name || name.Text.Trim().Length == 0)
            throw ParameterType.Unexpected(entry.Key, "a column's name or its number from 1", entry.Value);
        return hasHeader
            ? name.Text.Trim()
            : throw new StudyException(
                entry.Value.Place,
                $"the name {Quotation.Of(name.Text)} needs {Header}: true, or give the column's number from 1"
            );
    }
}
