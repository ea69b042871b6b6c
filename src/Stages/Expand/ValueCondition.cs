using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>That a parameter has one of several values.</summary>
internal sealed record ValueCondition(string Key, IReadOnlySet<Scalar> Values)
{
    /// <summary>Reads the values, each of which the parameter must have in some trial.</summary>
    /// <exception cref="StudyException">A value is wrong or never occurs.</exception>
    public static ValueCondition Read(Setting setting, IEnumerable<Node> values, Vocabulary vocabulary) =>
        new(setting.Key, values.Select(value => setting.ReadOccurring(value, vocabulary)).ToHashSet());

    /// <summary>The condition on a trial's coordinates along the axes.</summary>
    public Predicate<int[]> Over(IReadOnlyList<Axis> axes, Parameters @fixed)
    {
        for (var i = 0; i < axes.Count; i++)
        {
            if (axes[i].Key != Key)
                continue;
            var (axis, holds) = (i, axes[i].Values.Select(Values.Contains).ToArray());
            return coordinates => holds[coordinates[axis]];
        }
        if (!@fixed.TryGet(Key, out var value) || !Values.Contains(value))
            return _ => false;
        // A trial whose runs don't have the parameter has none of its values.
        var condition = ParameterUse.AppliesWhen(Key);
        var decisive = axes.TakeWhile(axis => axis.Key != condition?.Key).Count();
        if (decisive == axes.Count)
            return _ => true;
        var applies = axes[decisive].Values.Select(condition!.Admits).ToArray();
        return coordinates => applies[coordinates[decisive]];
    }
}
