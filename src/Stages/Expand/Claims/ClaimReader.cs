using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand.Claims;

/// <summary>Reads the claims of a study as it is written, before the command line changes it.</summary>
internal sealed class ClaimReader
{
    private const int MaxClaims = 1_000;

    private readonly Settings settings;
    private readonly Vocabulary vocabulary;
    private readonly ClaimedCells cells;

    private ClaimReader(Settings settings, Vocabulary vocabulary, IReadOnlySet<int> remaining)
    {
        (this.settings, this.vocabulary) = (settings, vocabulary);
        cells = new(settings, vocabulary, remaining);
    }

    /// <summary>Those of a study's claims that fit other parameters than it was written with.</summary>
    public static IReadOnlyList<Claim> ReadFitting(
        StudyDocument document,
        Settings settings,
        IReadOnlyList<Exclusion> exclusions,
        Vocabulary vocabulary
    )
    {
        var reader = new ClaimReader(settings, vocabulary, Remaining(document, settings, exclusions));
        return Fitting.Items(document.Find(StudyKeys.Claims), reader.Read) ?? [];
    }

    private static HashSet<int> Remaining(
        StudyDocument document,
        Settings settings,
        IReadOnlyList<Exclusion> exclusions
    )
    {
        var tuned = settings.Nuisance.Aggregate(1, (product, axis) => product * axis.Values.Count);
        return [.. Trials.Select(document, settings, 1, exclusions, []).Select(trial => trial / tuned)];
    }

    /// <summary>Reads the list of claims.</summary>
    /// <exception cref="StudyException">A claim is malformed, or is about what the study doesn't have.</exception>
    public static IReadOnlyList<Claim> ReadAll(
        StudyDocument document,
        Settings settings,
        IReadOnlyList<Exclusion> exclusions,
        Vocabulary vocabulary
    )
    {
        if (document.Find(StudyKeys.Claims) is not { } node)
            return [];
        if (node is not ListNode list)
            throw ParameterType.Unexpected(StudyKeys.Claims, "a list of claims", node);
        if (list.Items.Count > MaxClaims)
            throw new StudyException(list.Items[MaxClaims].Place, $"a study makes at most {MaxClaims:N0} claims");
        var reader = new ClaimReader(settings, vocabulary, Remaining(document, settings, exclusions));
        var claims = new List<Claim>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            claims.Add(reader.Read(item));
            if (!lines.TryAdd(claims[^1].Says, item.Place.Line))
                throw new StudyException(item.Place, $"the claim of line {lines[claims[^1].Says]} says the same");
        }
        return claims;
    }

    private Claim Read(Node node)
    {
        if (node is not MapNode { Entries.Count: > 0 } map)
            throw ParameterType.Unexpected("a claim", "keys and values, which begin with says: and a sentence", node);
        foreach (var entry in map.Entries)
        {
            if (!ClaimKeys.All.Contains(entry.Key, StringComparer.Ordinal))
                throw new StudyException(
                    entry.Place,
                    $"a claim has no key {Quotation.Of(entry.Key)}{Nearest.Hint(entry.Key, ClaimKeys.All)}"
                );
        }
        RequireAll(map);
        var metric = MetricReader.Read(Required(map, ClaimKeys.Metric).Value, settings, vocabulary);
        var claim = new Claim
        {
            Says = Text(map, ClaimKeys.Says),
            Source = Text(map, ClaimKeys.Source),
            Basis = Text(map, ClaimKeys.Basis),
            Explanation = map.Find(ClaimKeys.Explanation) is null ? null : Text(map, ClaimKeys.Explanation),
            Metric = metric.ToString(),
            Left = cells.Read(ClaimKeys.Left, Required(map, ClaimKeys.Left).Value, metric.Axis, null),
            Relation = default,
        };
        claim = WithMargin(map, WithRelation(map, claim, metric.Axis));
        CheckUnbiased(claim, metric.Run, Required(map, ClaimKeys.Metric).Value.Place);
        return claim;
    }

    /// <summary>What was chosen by the validation split is too good there.</summary>
    private void CheckUnbiased(Claim claim, RunMetric metric, Place place)
    {
        var name = metric is EpochsTo reached ? reached.Curve : metric.Text;
        if (!claim.IsStatistical || !name.StartsWith("validation_", StringComparison.Ordinal))
            return;
        string[] chosen =
        [
            .. settings.Nuisance.Where(axis => axis.Values.Count > 1).Select(axis => axis.Key),
            .. claim.Left.Best,
            .. claim.Right?.Best ?? [],
        ];
        if (chosen.Length > 0)
            throw new StudyException(
                place,
                $"{name} has chosen {string.Join(", ", chosen.Distinct(StringComparer.Ordinal))}, so that it is too good there; "
                    + "claim something of the test split, or choose in a study of other seeds"
            );
    }

    private Claim WithRelation(MapNode map, Claim claim, string? metricAxis)
    {
        var entries = map
            .Entries.Where(entry => ClaimKeys.Relations.Contains(entry.Key, StringComparer.Ordinal))
            .ToArray();
        if (entries.Length > 1)
            throw new StudyException(
                entries[1].Place,
                $"a claim has one of {string.Join(", ", ClaimKeys.Relations)}; delete all but one"
            );
        var (key, value) = (entries[0].Key, entries[0].Value);
        claim = claim with
        {
            Relation = key switch
            {
                ClaimKeys.Below => ClaimRelation.Below,
                ClaimKeys.Above => ClaimRelation.Above,
                ClaimKeys.Equal => ClaimRelation.Equal,
                _ => ClaimRelation.Within,
            },
        };
        if (key == ClaimKeys.Within)
        {
            var (low, high) = Bounds(value);
            return claim with { Number = low, High = high };
        }
        if (value is ScalarNode { Value: { IsNumber: true } number })
            return claim with { Number = number.ToDouble() };
        if (value is not MapNode)
            throw ParameterType.Unexpected(key, "a cell such as {activation: relu}, or a number", value);
        var right = cells.Read(key, value, metricAxis, claim.Left);
        return
            right.Values.ToJson() == claim.Left.Values.ToJson()
            && right.Best.SequenceEqual(claim.Left.Best, StringComparer.Ordinal)
            ? throw new StudyException(value.Place, $"{key} is the same cell as left; give another value of some axis")
            : claim with
            {
                Right = right,
            };
    }

    private static (double Low, double High) Bounds(Node node)
    {
        if (
            node
            is not ListNode
            {
                Items: [ScalarNode { Value: { IsNumber: true } low }, ScalarNode { Value: { IsNumber: true } high }]
            }
        )
            throw ParameterType.Unexpected(ClaimKeys.Within, "a lower and an upper bound, such as [0.4, 0.6]", node);
        return low.ToDouble() <= high.ToDouble()
            ? (low.ToDouble(), high.ToDouble())
            : throw new StudyException(
                node.Place,
                $"the lower bound {low} is above the upper bound {high}; exchange them"
            );
    }

    private static Claim WithMargin(MapNode map, Claim claim)
    {
        var (by, factor) = (map.Find(ClaimKeys.By), map.Find(ClaimKeys.Factor));
        if (by is not null && factor is not null)
            throw new StudyException(factor.Place, "a claim has by or factor, not both; delete one");
        if ((by ?? factor) is { } margin && claim.Relation is not (ClaimRelation.Below or ClaimRelation.Above))
            throw new StudyException(
                margin.Place,
                $"{margin.Key} belongs to {ClaimKeys.Below} and {ClaimKeys.Above}; leave it out"
            );
        if (by is not null)
        {
            return by.Value is ScalarNode { Value: { IsNumber: true } units }
                ? claim with
                {
                    By = units.ToDouble(),
                }
                : throw ParameterType.Unexpected(by.Key, "a number", by.Value);
        }
        if (factor is null)
            return claim;
        if (claim.Number <= 0)
            throw new StudyException(factor.Place, "a factor compares with a number greater than 0; use by");
        return factor.Value is ScalarNode { Value: { IsNumber: true } times } && times.ToDouble() > 0
            ? claim with
            {
                Factor = times.ToDouble(),
            }
            : throw ParameterType.Unexpected(factor.Key, "a number greater than 0", factor.Value);
    }

    private static string Text(MapNode map, string key)
    {
        var value = Required(map, key).Value;
        var text = StudyTexts.Line(value) ?? throw ParameterType.Unexpected(key, "one line of text", value);
        // It becomes a cell of claims.csv, which spreadsheets open.
        return text[0] is not ('=' or '+' or '-' or '@')
            ? text
            : throw new StudyException(
                value.Place,
                $"{key} begins with '{text[0]}', as formulas of spreadsheets do; begin with a word"
            );
    }

    private static void RequireAll(MapNode map)
    {
        var missing = ClaimKeys.Required.Where(key => map.Find(key) is null).Select(key => "no " + key).ToList();
        if (!ClaimKeys.Relations.Any(key => map.Find(key) is not null))
            missing.Add($"none of {string.Join(", ", ClaimKeys.Relations)}");
        if (missing.Count > 0)
            throw new StudyException(map.Place, $"the claim gives {string.Join(", ", missing)}; add what is missing");
    }

    private static MapEntry Required(MapNode map, string key) => map.Find(key)!;
}
