using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>Trials to leave out: those that meet all of the conditions.</summary>
internal sealed record Exclusion(IReadOnlyList<ValueCondition> Conditions)
{
    private const int MaxEntries = 1_000;

    /// <summary>Reads the list of exclusions of a study as it is written, before the command line changes it.</summary>
    /// <exception cref="StudyException">An entry is malformed, or no trial meets it.</exception>
    public static IReadOnlyList<Exclusion> ReadAll(Node node, Settings settings, Vocabulary vocabulary)
    {
        if (node is not ListNode list)
            throw ParameterType.Unexpected(
                StudyKeys.Exclude,
                "a list such as [{activation: relu, initialization: zeros}]",
                node
            );
        if (list.Items.Count > MaxEntries)
        {
            throw new StudyException(
                list.Items[MaxEntries].Place,
                $"exclude has more than {MaxEntries:N0} entries; an entry may list several values of a key"
            );
        }
        return [.. list.Items.Select(item => Read(item, settings, vocabulary))];
    }

    private static Exclusion Read(Node node, Settings settings, Vocabulary vocabulary)
    {
        if (node is not MapNode { Entries.Count: > 0 })
        {
            throw ParameterType.Unexpected(
                "an entry of exclude",
                "keys and values such as {activation: relu, initialization: zeros}",
                node
            );
        }
        var conditions = new List<ValueCondition>();
        foreach (var (key, entry) in ParameterKeys.Flatten(node))
        {
            if (conditions.Any(condition => condition.Key == key))
                throw new StudyException(entry.Place, $"'{key}' stands twice in one entry of exclude");
            if (entry.Value is ListNode { Items.Count: 0 })
                throw new StudyException(entry.Value.Place, $"{key} has no value here; give one or delete the key");
            IEnumerable<Node> values = entry.Value is ListNode list ? list.Items : [entry.Value];
            conditions.Add(ValueCondition.Read(settings.Find(key, entry.Place), values, vocabulary));
        }
        return new(conditions);
    }
}
