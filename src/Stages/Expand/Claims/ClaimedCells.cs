using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Claims;

/// <summary>Reads the cells of claims.</summary>
/// <param name="settings">The study's parameters.</param>
/// <param name="vocabulary">The names that values may use.</param>
/// <param name="cells">The numbers of the cells that no exclusion removed.</param>
internal sealed class ClaimedCells(Settings settings, Vocabulary vocabulary, IReadOnlySet<int> cells)
{
    /// <summary>What asks for the best cell along an axis.</summary>
    public const string Best = "best";

    private readonly IReadOnlyList<Axis> scientific = settings.Scientific;

    /// <summary>
    /// Reads a cell. What it leaves out it takes from <paramref name="other"/>; there <c>best</c> asks for this cell's own best.
    /// </summary>
    /// <param name="key">The key under which it stands.</param>
    /// <param name="node">The node.</param>
    /// <param name="metricAxis">The axis that it must leave out, or null.</param>
    /// <param name="other">The claim's other cell, or null.</param>
    /// <exception cref="StudyException">The node is no cell of the study.</exception>
    public CellChoice Read(string key, Node node, string? metricAxis, CellChoice? other)
    {
        if (node is not MapNode)
            throw ParameterType.Unexpected(key, "a cell such as {activation: relu}", node);
        var given = new Dictionary<string, Scalar?>(StringComparer.Ordinal);
        foreach (var (axis, entry) in ParameterKeys.Flatten(node))
        {
            if (!given.TryAdd(axis, Value(axis, entry, metricAxis)))
                throw new StudyException(entry.Place, $"'{axis}' stands twice in one cell");
        }
        var choice = Complete(key, node, metricAxis, given, other);
        if (ClaimCells.Lines(scientific, choice, metricAxis).Any(line => line.All(cells.Contains)))
            return choice;
        var removed = metricAxis is null ? "this cell" : "cells along this axis";
        throw new StudyException(
            node.Place,
            settings.Together.Count == 0
                ? $"{StudyKeys.Exclude} removes {removed}; choose another"
                : $"no row of {Together.Key} has {removed}, or {StudyKeys.Exclude} removes it; choose another"
        );
    }

    /// <summary>A value on an axis; null for the best.</summary>
    private Scalar? Value(string axis, MapEntry entry, string? metricAxis)
    {
        var setting = settings.Find(axis, entry.Place);
        if (axis == metricAxis)
            throw new StudyException(entry.Place, $"the metric is taken over {axis}; leave it out");
        if (setting.Section == Section.Nuisance)
            throw new StudyException(entry.Place, $"{axis} is tuned for each cell on validation data; leave it out");
        if (setting.Section == Section.Fixed)
            throw new StudyException(entry.Place, $"{axis} is no axis but fixed at {setting.Values[0]}; leave it out");
        return entry.Value is ScalarNode { IsQuoted: false, Text: Best }
            ? null
            : setting.ReadOccurring(entry.Value, vocabulary);
    }

    /// <summary>The only value that goes together with what is given, or null.</summary>
    private Scalar? Follows(string key, Dictionary<string, Scalar?> given) =>
        settings.Together.Select(rows => rows.Follows(key, given)).FirstOrDefault(value => value is not null);

    private CellChoice Complete(
        string key,
        Node node,
        string? metricAxis,
        Dictionary<string, Scalar?> given,
        CellChoice? other
    )
    {
        var values = new List<KeyValuePair<string, Scalar>>();
        var best = new List<string>();
        foreach (var axis in scientific.Where(axis => axis.Values.Count > 1 && axis.Key != metricAxis))
        {
            if (!given.TryGetValue(axis.Key, out var value) && (value = Follows(axis.Key, given)) is null)
            {
                if (other is null)
                    throw new StudyException(
                        node.Place,
                        $"{key} says nothing of {axis.Key}; give it a value of that axis, or {Best}"
                    );
                value = other.Best.Contains(axis.Key, StringComparer.Ordinal) ? null : other.Values[axis.Key];
            }
            if (value is { } chosen)
                values.Add(new(axis.Key, chosen));
            else
                best.Add(axis.Key);
        }
        return new(Parameters.Of(values), best);
    }
}
