using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>
/// The seeds of a study: how many, counted from 0; a list of them; or
/// <c>{at_least: 3, at_most: 20, until: decided}</c>, more of them for cells on which a claim is undecided, counted from 0 or from
/// what <c>first</c> says.
/// </summary>
/// <param name="All">The seeds, ascending.</param>
/// <param name="AtLeast">As in <see cref="Plan.AtLeast"/>.</param>
internal sealed record Seeds(int[] All, int? AtLeast)
{
    private const string First = "first";
    private const string Least = "at_least";
    private const string Most = "at_most";
    private const string Until = "until";
    private const string Decided = "decided";
    private const string Example = $"{{{Least}: 3, {Most}: 20, {Until}: {Decided}}}";

    private static readonly string[] Keys = [First, Least, Most, Until];
    private static readonly WholeNumber Count = new(1, Expander.MaxRuns);
    private static readonly WholeNumber Seed = new(0, int.MaxValue);

    // With fewer nothing is decided, and more could not be asked for.
    private static readonly WholeNumber Tested = new(Significance.FewestSeeds, Expander.MaxRuns);

    /// <summary>Where a study says nothing, each trial is run once.</summary>
    public static readonly Seeds None = new([0], null);

    /// <summary>Reads what a study says.</summary>
    /// <param name="node">What stands behind the key.</param>
    /// <param name="claims">The study's claims.</param>
    /// <exception cref="StudyException">The node is nothing of this kind, or the claims leave nothing to decide.</exception>
    public static Seeds Read(Node node, IReadOnlyList<Claim> claims)
    {
        if (Count.ReadInteger(node) is { } count)
            return new([.. Enumerable.Range(0, count)], null);
        return node switch
        {
            MapNode map => UntilDecided(map, claims),
            ListNode { Items: [_, ..] items } => new(List(items), null),
            _ => throw ParameterType.Unexpected(
                StudyKeys.Seeds,
                $"how many seeds to run (1 to {Expander.MaxRuns:N0}), a list of seeds such as [0, 1, 2], or {Example}",
                node
            ),
        };
    }

    /// <summary>The seeds where no claim is left to decide.</summary>
    public Seeds WithoutClaims => AtLeast is { } least ? new(All[..least], null) : this;

    /// <summary>The seeds that <c>--only=seed=…</c> keeps; each of them is run for every cell.</summary>
    /// <exception cref="StudyException">One is none of the study's.</exception>
    public Seeds Narrow(Option option)
    {
        var kept = List(option.Values);
        var others = kept.Except(All).ToArray();
        return others.Length == 0
            ? new(kept, null)
            : throw new StudyException(
                option.Place,
                $"the study has no seed {others[0]}; {(All.Length == 1 ? $"its only one is {All[0]}" : $"it has {All.Length}, from {All[0]} to {All[^1]}")}"
            );
    }

    private static int[] List(IReadOnlyList<Node> items)
    {
        var seeds = new SortedSet<int>();
        foreach (var item in items)
        {
            var seed = Seed.ReadInteger(item) ?? throw ParameterType.Unexpected("a seed", Seed.Expectation, item);
            if (!seeds.Add(seed))
                throw new StudyException(item.Place, $"the seed {seed} stands twice");
        }
        return [.. seeds];
    }

    private static Seeds UntilDecided(MapNode map, IReadOnlyList<Claim> claims)
    {
        if (map.Entries.FirstOrDefault(entry => !Keys.Contains(entry.Key, StringComparer.Ordinal)) is { } other)
            throw new StudyException(
                other.Place,
                $"{StudyKeys.Seeds} has no key {Quotation.Of(other.Key)}{Nearest.Hint(other.Key, Keys)}"
            );
        var (least, most) = (Number(map, Least), Number(map, Most));
        if (least > most)
            throw new StudyException(
                map.Place,
                $"{Least} is {least}, more than {Most}, which is {most}; exchange them"
            );
        var first = FirstOf(map, most);
        var until = Value(map, Until);
        if (until is not ScalarNode { Text: Decided })
            throw ParameterType.Unexpected(Until, Decided, until);
        return claims.Any(claim => claim.IsStatistical)
            ? new([.. Enumerable.Range(first, most)], least < most ? least : null)
            : throw new StudyException(
                map.Place,
                $"no claim of the study is judged by a test, so that there is nothing to decide; write {StudyKeys.Seeds}: {least}"
            );
    }

    private static int Number(MapNode map, string key)
    {
        var value = Value(map, key);
        return Tested.ReadInteger(value) ?? throw ParameterType.Unexpected(key, Tested.Expectation, value);
    }

    /// <summary>The first seed, so that none is beyond the largest.</summary>
    private static int FirstOf(MapNode map, int count)
    {
        if (map.Find(First) is not { Value: var node })
            return 0;
        var allowed = new WholeNumber(0, int.MaxValue - count + 1);
        return allowed.ReadInteger(node) ?? throw ParameterType.Unexpected(First, allowed.Expectation, node);
    }

    private static Node Value(MapNode map, string key) =>
        map.Find(key)?.Value
        ?? throw new StudyException(map.Place, $"{StudyKeys.Seeds} has no {key}; it is written like {Example}");
}
