using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>Reads the seeds of a study: how many, counted from 0, or a list of them.</summary>
internal static class Seeds
{
    private static readonly WholeNumber Count = new(1, Expander.MaxRuns);
    private static readonly WholeNumber Seed = new(0, int.MaxValue);

    /// <summary>Where a study says nothing, each trial is run once.</summary>
    public static readonly int[] None = [0];

    /// <summary>The seeds, ascending.</summary>
    /// <exception cref="StudyException">The node is neither a count nor a list of different seeds.</exception>
    public static int[] Read(Node node)
    {
        if (Count.ReadInteger(node) is { } count)
            return [.. Enumerable.Range(0, count)];
        if (node is not ListNode { Items: [_, ..] items })
            throw ParameterType.Unexpected(StudyKeys.Seeds, "how many seeds to run (1 or more) or a list of seeds such as [0, 1, 2]", node);
        var seeds = new SortedSet<int>();
        foreach (var item in items)
        {
            var seed = Seed.ReadInteger(item) ?? throw ParameterType.Unexpected("a seed", Seed.Expectation, item);
            if (!seeds.Add(seed))
                throw new StudyException(item.Place, $"the seed {seed} stands twice");
        }
        return [.. seeds];
    }
}
