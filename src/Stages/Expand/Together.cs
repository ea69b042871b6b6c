using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>Axes whose values go together: of all combinations of them the study has those that stand in a row.</summary>
/// <param name="Keys">The keys of the axes, two or more.</param>
/// <param name="Rows">A value for each key, row by row, all rows different.</param>
internal sealed record Together(IReadOnlyList<string> Keys, IReadOnlyList<IReadOnlyList<Scalar>> Rows)
{
    /// <summary>The key under which the rows stand.</summary>
    public const string Key = "together";

    private const string Example =
        $"a list of two or more rows, such as [{{activation: relu, initialization: he_normal}}, …]";

    /// <summary>The entries of a study's rows, a list of the nodes of a row for each key.</summary>
    /// <exception cref="StudyException">The node is no list of rows that have the same keys.</exception>
    public static OrderedDictionary<string, List<MapEntry>> Entries(MapEntry together)
    {
        if (together.Value is not ListNode { Items: { Count: > 1 } rows })
            throw ParameterType.Unexpected(Key, Example, together.Value);
        var entries = new OrderedDictionary<string, List<MapEntry>>(StringComparer.Ordinal);
        foreach (var (number, row) in rows.Index())
        {
            if (row is not MapNode { Entries.Count: > 0 })
                throw ParameterType.Unexpected(
                    $"a row of {Key}",
                    "keys and values such as {activation: relu, initialization: he_normal}",
                    row
                );
            foreach (var (key, entry) in ParameterKeys.Flatten(row))
            {
                if (number == 0)
                    entries.TryAdd(key, []);
                if (!entries.TryGetValue(key, out var column))
                    throw new StudyException(
                        entry.Place,
                        $"the first row gives no {key}, and this one does; all rows have the same keys"
                    );
                if (column.Count > number)
                    throw new StudyException(entry.Place, $"'{key}' stands twice in one row");
                column.Add(entry);
            }
            if (entries.FirstOrDefault(column => column.Value.Count <= number).Key is { } missing)
                throw new StudyException(
                    row.Place,
                    $"the row gives no {missing}, and the first one does; all rows have the same keys"
                );
        }
        return entries.Count > 1
            ? entries
            : throw new StudyException(
                together.Place,
                $"{Key} holds one key only, {entries.GetAt(0).Key}; a list of its values is an axis"
            );
    }

    /// <summary>Reads the rows.</summary>
    /// <exception cref="StudyException">A value is wrong, or a row stands twice.</exception>
    public static Together Read(IReadOnlyList<ParameterEntry> columns, Vocabulary vocabulary)
    {
        var rows = new List<IReadOnlyList<Scalar>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var number in Enumerable.Range(0, Items(columns[0]).Count))
        {
            Scalar[] row =
            [
                .. columns.Select(column =>
                    column.Parameter.Type.Read(column.Parameter.Key, Items(column)[number], vocabulary)
                ),
            ];
            if (!seen.Add(string.Join('\n', row)))
                throw new StudyException(Items(columns[0])[number].Place, $"this row stands twice in {Key}");
            rows.Add(row);
        }
        return new([.. columns.Select(column => column.Parameter.Key)], rows);
    }

    /// <summary>Whether a trial has the values of a row, by its coordinates along the axes.</summary>
    public Predicate<int[]> Over(IReadOnlyList<Axis> axes)
    {
        int[] places = [.. Keys.Select(key => axes.Index().First(axis => axis.Item.Key == key).Index)];
        var allowed = Rows.Select(row => string.Join(',', row.Select((value, i) => IndexOf(axes[places[i]], value))))
            .ToHashSet(StringComparer.Ordinal);
        return coordinates => allowed.Contains(string.Join(',', places.Select(place => coordinates[place])));
    }

    /// <summary>The value that an axis has wherever others have the given ones; null where it may have several.</summary>
    public Scalar? Follows(string key, IReadOnlyDictionary<string, Scalar?> given)
    {
        var known = Keys.Index()
            .Where(axis => given.TryGetValue(axis.Item, out var value) && value is not null)
            .ToList();
        var column = Keys.Index().FirstOrDefault(axis => axis.Item == key);
        if (column.Item is null || known.Count == 0)
            return null;
        var values = Rows.Where(row => known.TrueForAll(axis => row[axis.Index] == given[axis.Item]))
            .Select(row => row[column.Index])
            .Distinct()
            .ToList();
        return values.Count == 1 ? values[0] : null;
    }

    private static IReadOnlyList<Node> Items(ParameterEntry column) => ((ListNode)column.Value).Items;

    private static int IndexOf(Axis axis, Scalar value) => axis.Values.Index().First(v => v.Item == value).Index;
}
