using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>What a run's parameter is set to, where, and which part it has.</summary>
internal sealed record ParameterEntry(RunParameter Parameter, Section Section, Place Place, Node Value)
{
    /// <summary>Where the rows stand of which the values are a column; null where they are an axis of its own, or no axis.</summary>
    public Place? Together { get; init; }
}

/// <summary>A study's files merged into one, its parameters by dotted key; values are not understood yet.</summary>
internal sealed class StudyDocument
{
    private readonly Dictionary<string, Node> values = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, ParameterEntry> parameters = new(StringComparer.Ordinal);

    private StudyDocument(Place place) => Place = place;

    /// <summary>The beginning of the study's own file.</summary>
    public Place Place { get; }

    /// <summary>The parameters that the study gives, in its order.</summary>
    public IEnumerable<ParameterEntry> Parameters => parameters.Values;

    /// <summary>The value of a key that belongs to the study as a whole, such as <c>title</c>, or null.</summary>
    public Node? Find(string key) => values.GetValueOrDefault(key);

    /// <summary>Parses and merges the files: what extends wins over what is extended, key by key.</summary>
    /// <exception cref="StudyException">A file is malformed or has an unknown key.</exception>
    public static StudyDocument Read(StudySource source)
    {
        var merged = new StudyDocument(new(source.Files[0].Path, 1, 1));
        foreach (var document in source.Files.Select(ReadFile).Reverse())
        {
            foreach (var (key, value) in document.values)
                merged.values[key] = value;
            foreach (var (key, entry) in document.parameters)
            {
                // A key that keeps its part keeps its place among the axes; one that changes it comes last.
                if (merged.parameters.TryGetValue(key, out var replaced) && replaced.Section != entry.Section)
                    merged.parameters.Remove(key);
                merged.parameters[key] = entry;
                // Whoever replaces a column of rows replaces them all.
                if (replaced?.Together is { } rows)
                    merged.RemoveAll(other => other.Together == rows);
            }
        }
        return merged;
    }

    private static StudyDocument ReadFile(StudyFile file)
    {
        var document = new StudyDocument(new(file.Path, 1, 1));
        if (NodeReader.Read(file.Path, file.Text) is not MapNode root)
            throw new StudyException(
                document.Place,
                "a study is a map that begins with a key, such as title: My study"
            );
        foreach (var entry in root.Entries)
            document.Add(entry);
        var extends = root.Find(ExtendsLine.Key);
        if ((extends?.Value as ScalarNode)?.Text != file.Extends?.Path)
        {
            throw new StudyException(
                extends?.Place ?? file.Extends!.Place,
                "extends is written on a line of its own at the beginning of the line, such as extends: base/mlp.yaml"
            );
        }
        return document;
    }

    private void Add(MapEntry entry)
    {
        switch (entry.Key)
        {
            case ExtendsLine.Key:
                break;
            case StudyKeys.DataSet or StudyKeys.Probes:
                AddParameter(Section.Fixed, entry.Key, entry);
                break;
            case StudyKeys.Fixed:
                AddSection(Section.Fixed, entry);
                break;
            case StudyKeys.Scientific:
                AddSection(Section.Scientific, entry);
                break;
            case StudyKeys.Nuisance:
                AddSection(Section.Nuisance, entry);
                break;
            case var key when StudyKeys.All.Contains(key, StringComparer.Ordinal):
                values.Add(key, entry.Value);
                break;
            default:
                throw UnknownKey(entry);
        }
    }

    private static StudyException UnknownKey(MapEntry entry)
    {
        if (RunParameters.Find(entry.Key) is not null)
            return new(
                entry.Place,
                $"'{entry.Key}' is a run's parameter; it stands under fixed, scientific or nuisance"
            );
        return new(
            entry.Place,
            $"a study has no key {Quotation.Of(entry.Key)}{Nearest.Hint(entry.Key, StudyKeys.All)}"
        );
    }

    private void AddSection(Section section, MapEntry entry)
    {
        if (entry.Value is not MapNode { Entries.Count: > 0 })
            throw ParameterType.Unexpected(entry.Key, "parameters and their values, such as epochs: 15", entry.Value);
        foreach (var (key, parameter) in ParameterKeys.Flatten(entry.Value))
        {
            if (key == Together.Key)
                AddTogether(section, parameter);
            else
                AddParameter(section, key, parameter);
        }
    }

    private void AddTogether(Section section, MapEntry together)
    {
        if (section == Section.Fixed)
            throw new StudyException(
                together.Place,
                $"{Together.Key} holds axes; it stands under scientific or nuisance"
            );
        foreach (var (key, column) in Together.Entries(together))
        {
            var list = new ListNode(column[0].Place, [.. column.Select(entry => entry.Value)]);
            AddParameter(section, key, new(key, column[0].Place, list));
            parameters[key] = parameters[key] with { Together = together.Place };
        }
    }

    private void RemoveAll(Predicate<ParameterEntry> isMeant)
    {
        foreach (var key in parameters.Where(entry => isMeant(entry.Value)).Select(entry => entry.Key).ToList())
            parameters.Remove(key);
    }

    private void AddParameter(Section section, string key, MapEntry entry)
    {
        var parameter = ParameterKeys.Known(key, entry.Place);
        if (parameters.TryGetValue(key, out var first))
        {
            throw new StudyException(
                entry.Place,
                $"'{key}' stands twice; it is in line {first.Place.Line} under {StudyKeys.Of(first.Section)} already"
            );
        }
        parameters.Add(key, new(parameter, section, entry.Place, entry.Value));
    }
}
