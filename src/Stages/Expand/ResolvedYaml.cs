using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Claims;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>
/// A resolved study as YAML that is a study itself, one file that extends none and has the same runs. What <c>--only</c>
/// leaves out it excludes, without the claims about it.
/// </summary>
internal static class ResolvedYaml
{
    /// <summary>The text.</summary>
    public static string Of(ResolvedStudy study) =>
        string.Concat(
            ((string[])[.. Head(study), .. Parameters(study), .. Tail(study), .. Claims(study)]).Select(line =>
                line + "\n"
            )
        );

    private static IEnumerable<string> Head(ResolvedStudy study)
    {
        yield return $"{StudyKeys.Title}: {YamlText.Of(study.Plan.Title)}";
        if (study.Plan.Question is { } question)
            yield return $"{StudyKeys.Question}: {YamlText.Of(question)}";
        if (study.Plan.Source is { } source)
            yield return $"{StudyKeys.Source}: {YamlText.Of(source)}";
        yield return $"{StudyKeys.Default}: {(study.Plan.Default ? "true" : "false")}";
    }

    private static IEnumerable<string> Parameters(ResolvedStudy study)
    {
        foreach (var section in Enum.GetValues<Section>())
        {
            var settings = study.Settings.Of(section);
            if (settings.Count > 0)
                yield return $"{StudyKeys.Of(section)}:";
            foreach (var setting in settings)
            {
                var rows = study.Settings.Together.FirstOrDefault(rows =>
                    rows.Keys.Contains(setting.Key, StringComparer.Ordinal)
                );
                var lines =
                    section == Section.Fixed ? [$"{setting.Key}: {Value(setting, setting.Values[0])}"]
                    : rows is null ? [$"{setting.Key}: {List(setting, setting.Values)}"]
                    : setting.Key == rows.Keys[0] ? Together(study, rows)
                    : [];
                foreach (var line in lines)
                    yield return $"  {line}";
            }
        }
    }

    private static IEnumerable<string> Together(ResolvedStudy study, Together together)
    {
        var settings = together.Keys.Select(key => study.Settings.Find(key, default)).ToList();
        var rows = together.Rows.Select(row =>
            settings.Select((setting, i) => $"{setting.Key}: {Value(setting, row[i])}")
        );
        return [$"{Expand.Together.Key}:", .. rows.Select(row => $"  - {{{string.Join(", ", row)}}}")];
    }

    private static IEnumerable<string> Tail(ResolvedStudy study)
    {
        yield return $"{StudyKeys.Seeds}: {Seeds(study)}";
        // What --only leaves out stays on its axis, so that parameters that belong to it alone stay, too.
        var leftOut = study.Settings.All.Select(setting => (Setting: setting, Values: study.LeftOut(setting)));
        List<string> exclusions =
        [
            .. study
                .Exclusions.Select(exclusion => Excluded(study, exclusion))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
            .. leftOut
                .Where(axis => axis.Values.Count > 0)
                .Select(axis => $"{{{axis.Setting.Key}: {List(axis.Setting, axis.Values)}}}"),
        ];
        if (exclusions.Count > 0)
            yield return $"{StudyKeys.Exclude}:";
        foreach (var exclusion in exclusions)
            yield return $"  - {exclusion}";
        if (study.Plan.Plots is { } plots)
            yield return $"{StudyKeys.Plots}:{(plots.Count == 0 ? " []" : "")}";
        foreach (var plot in study.Plan.Plots ?? [])
            yield return $"  - {YamlText.Of(plot.ToString())}";
    }

    private static string Seeds(ResolvedStudy study)
    {
        var (all, least) = (study.Plan.Seeds, study.Plan.AtLeast);
        // Where no test judges, there is nothing to decide.
        if (least is not null && study.Claims.Any(claim => claim.IsStatistical))
        {
            var first = all[0] == 0 ? "" : $"first: {Text(all[0])}, ";
            return $"{{{first}at_least: {least}, at_most: {all.Count}, until: decided}}";
        }
        return all.SequenceEqual(Enumerable.Range(0, all.Count))
            ? Text(least ?? all.Count)
            : $"[{string.Join(", ", all.Take(least ?? all.Count).Select(seed => Text(seed)))}]";
    }

    /// <summary>An entry of <c>exclude</c>, of the values that occur; null where it excludes nothing.</summary>
    private static string? Excluded(ResolvedStudy study, Exclusion exclusion)
    {
        var conditions = new List<string>();
        foreach (var condition in exclusion.Conditions)
        {
            if (study.Settings.All.FirstOrDefault(setting => setting.Key == condition.Key) is not { } setting)
                return null;
            var values = setting.Values.Where(condition.Values.Contains).ToList();
            if (values.Count == 0)
                return null;
            conditions.Add($"{setting.Key}: {List(setting, values)}");
        }
        return $"{{{string.Join(", ", conditions)}}}";
    }

    private static IEnumerable<string> Claims(ResolvedStudy study)
    {
        var (claims, all) = (study.Claims, study.Plan.Claims.Count);
        if (study.Plan.ClaimsLeftOut is > 0 and var unfit)
            yield return $"# Of {all + unfit} claims {unfit} don't fit what --set changes.";
        if (claims.Count < all)
            yield return $"# Of {all} claims {all - claims.Count} are about cells that --only leaves out.";
        if (claims.Count > 0)
            yield return $"{StudyKeys.Claims}:";
        foreach (var claim in claims)
        {
            var bullet = "  - ";
            foreach (var (key, value) in Entries(study, claim))
            {
                yield return $"{bullet}{key}: {value}";
                bullet = "    ";
            }
        }
    }

    private static IEnumerable<(string Key, string Value)> Entries(ResolvedStudy study, Claim claim)
    {
        yield return (ClaimKeys.Says, YamlText.Of(claim.Says));
        yield return (ClaimKeys.Source, YamlText.Of(claim.Source));
        yield return (ClaimKeys.Basis, YamlText.Of(claim.Basis));
        if (claim.Explanation is { } explanation)
            yield return (ClaimKeys.Explanation, YamlText.Of(explanation));
        yield return (ClaimKeys.Metric, YamlText.Of(claim.Metric));
        yield return (ClaimKeys.Left, Cell(study, claim.Left));
        yield return claim.Relation switch
        {
            ClaimRelation.Within => (ClaimKeys.Within, $"[{Text(claim.Number!.Value)}, {Text(claim.High!.Value)}]"),
            ClaimRelation.Below => (ClaimKeys.Below, Right()),
            ClaimRelation.Above => (ClaimKeys.Above, Right()),
            _ => (ClaimKeys.Equal, Right()),
        };
        if (claim.By != 0)
            yield return (ClaimKeys.By, Text(claim.By));
        if (claim.Factor is { } factor)
            yield return (ClaimKeys.Factor, Text(factor));

        string Right() => claim.Right is { } cell ? Cell(study, cell) : Text(claim.Number!.Value);
    }

    private static string Cell(ResolvedStudy study, CellChoice cell)
    {
        var values = cell.Values.Keys.Select(key =>
            $"{key}: {Value(study.Settings.Find(key, default), cell.Values[key])}"
        );
        return $"{{{string.Join(", ", [.. values, .. cell.Best.Select(key => $"{key}: {ClaimedCells.Best}")])}}}";
    }

    private static string List(Setting setting, IEnumerable<Scalar> values) =>
        $"[{string.Join(", ", values.Select(value => Value(setting, value)))}]";

    private static string Value(Setting setting, Scalar value) =>
        !value.IsText ? value.Json
        : setting.Parameter.Type is Epochs && value.ToString() is var epochs && epochs != Epochs.All
            ? $"[{epochs.Replace(",", ", ", StringComparison.Ordinal)}]"
        : YamlText.Of(value.ToString());

    private static string Text(double number) => CanonicalJson.Number(number);
}
