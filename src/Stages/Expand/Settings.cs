using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>Every parameter that the runs of a study have, defaults filled in.</summary>
internal sealed class Settings
{
    private readonly Place study;
    private readonly Vocabulary vocabulary;
    private readonly OrderedDictionary<string, Setting> given;
    private readonly OrderedDictionary<string, Setting> complete;

    private Settings(
        Place study,
        Vocabulary vocabulary,
        OrderedDictionary<string, Setting> given,
        IReadOnlyList<Together> together
    )
    {
        (this.study, this.vocabulary, this.given, Together) = (study, vocabulary, given, together);
        complete = new(given, StringComparer.Ordinal);
        Complete();
        CheckShares();
    }

    /// <summary>The compared axes, in the order of the study.</summary>
    public IReadOnlyList<Axis> Scientific => AxesOf(Section.Scientific);

    /// <summary>The tuned axes, in the order of the study.</summary>
    public IReadOnlyList<Axis> Nuisance => AxesOf(Section.Nuisance);

    /// <summary>Every parameter, what the study gives first and in its order, defaults after.</summary>
    public IReadOnlyList<Setting> All => [.. complete.Values];

    /// <summary>The axes whose values go together.</summary>
    public IReadOnlyList<Together> Together { get; }

    /// <summary>The parameters that are the same in all runs, as runs tell them.</summary>
    public Parameters Fixed => FixedWhere(setting => !ParameterUse.IsTacit(setting.Key, setting.Values[0]));

    /// <summary>The parameters that are the same in all runs, with those of which runs say nothing.</summary>
    public Parameters FixedAndTacit => FixedWhere(_ => true);

    /// <summary>Reads and completes a study's parameters.</summary>
    /// <exception cref="StudyException">A value is wrong, a parameter is missing, or two don't fit each other.</exception>
    public static Settings Read(StudyDocument document, Vocabulary vocabulary)
    {
        var given = new OrderedDictionary<string, Setting>(StringComparer.Ordinal);
        foreach (var entry in document.Parameters)
            given.Add(entry.Parameter.Key, Setting.Read(entry, vocabulary));
        var together = document
            .Parameters.Where(entry => entry.Together is not null)
            .GroupBy(entry => entry.Together)
            .Select(columns => Expand.Together.Read([.. columns], vocabulary));
        return new(document.Place, vocabulary, given, [.. together]);
    }

    /// <summary>The parameters of a section.</summary>
    public IReadOnlyList<Setting> Of(Section section) =>
        [.. complete.Values.Where(setting => setting.Section == section)];

    /// <summary>The setting of a key.</summary>
    /// <exception cref="StudyException">There is no such parameter, or the study's runs don't have it.</exception>
    public Setting Find(string key, Place place) =>
        complete.TryGetValue(key, out var setting)
            ? setting
            : throw Inapplicable(ParameterKeys.Known(key, place), place);

    /// <summary>
    /// The same settings with what <c>--set</c> says of a parameter: a value, or several with commas between, which make an axis of it. An
    /// axis stays one.
    /// </summary>
    /// <exception cref="StudyException">There is no such parameter, a value is wrong, or the axis goes together with others.</exception>
    public Settings With(Option option)
    {
        var parameter = ParameterKeys.Known(option.Key, option.Place);
        if (Together.FirstOrDefault(rows => rows.Keys.Contains(option.Key, StringComparer.Ordinal)) is { } rows)
        {
            throw new StudyException(
                option.Place,
                $"{option.Key} goes together with {string.Join(", ", rows.Keys.Where(key => key != option.Key))}; --only={option.Key}=… takes some of the rows"
            );
        }
        var section = given.TryGetValue(option.Key, out var setting) ? setting.Section : Section.Fixed;
        // Moments are one value with commas.
        IReadOnlyList<Node> values = parameter.Type is Epochs ? [option.Value] : option.Alternatives;
        if (section == Section.Fixed && values.Count > 1)
            section = Section.Scientific;
        var changed = new OrderedDictionary<string, Setting>(given, StringComparer.Ordinal);
        if (section != setting?.Section)
            changed.Remove(option.Key);
        changed[option.Key] =
            section == Section.Fixed
                ? new(parameter, section, option.Place, [parameter.Type.Read(option.Key, option.Value, vocabulary)])
                : Setting.Read(new(parameter, section, option.Place, new ListNode(option.Place, values)), vocabulary);
        return new(study, vocabulary, changed, Together);
    }

    private Axis[] AxesOf(Section section) =>
        [
            .. complete
                .Values.Where(setting => setting.Section == section)
                .Select(setting => new Axis(setting.Key, setting.Values)),
        ];

    private void Complete()
    {
        var missing = new List<RunParameter>();
        foreach (var parameter in RunParameters.All)
        {
            var isGiven = given.TryGetValue(parameter.Key, out var setting);
            if (isGiven && !Applies(parameter))
                throw Inapplicable(parameter, setting!.Place);
            if (isGiven || !Applies(parameter))
                continue;
            if (parameter.Default is null)
                missing.Add(parameter);
            else
                complete.Add(parameter.Key, DefaultOf(parameter, parameter.Default));
        }
        if (missing.Count > 0)
        {
            var list = string.Join(", ", missing.Select(parameter => $"{parameter.Key} ({parameter.Description})"));
            throw new StudyException(study, $"fixed, scientific or nuisance must give {list}");
        }
    }

    private Setting DefaultOf(RunParameter parameter, string value)
    {
        var place = new Place($"default of {parameter.Key}");
        return new(
            parameter,
            Section.Fixed,
            place,
            [parameter.Type.Read(parameter.Key, new ScalarNode(place, value), vocabulary)]
        );
    }

    // A condition on a parameter that is missing counts as met: the one thing to say then is that it is missing.
    private bool Applies(RunParameter parameter) =>
        parameter.AppliesWhen is not { } condition
        || !complete.TryGetValue(condition.Key, out var setting)
        || setting.Values.Any(condition.Admits);

    private StudyException Inapplicable(RunParameter parameter, Place place)
    {
        var condition = parameter.AppliesWhen!;
        var values = string.Join(", ", complete[condition.Key].Values);
        return new(
            place,
            $"{parameter.Key} belongs to {condition.Key}: {string.Join(" or ", condition.Values)}, but {condition.Key} is {values} here"
        );
    }

    private void CheckShares()
    {
        var validation = complete[RunParameters.Validation];
        var test = complete[RunParameters.Test];
        var (most, mostTest) = (validation.Values.Max(v => v.ToDouble()), test.Values.Max(v => v.ToDouble()));
        if (most + mostTest < 1)
            return;
        throw new StudyException(
            given.ContainsKey(test.Key) ? test.Place : validation.Place,
            $"{validation.Key} ({CanonicalJson.Number(most)}) and {test.Key} ({CanonicalJson.Number(mostTest)}) leave nothing to train on"
        );
    }

    private Parameters FixedWhere(Func<Setting, bool> takes) =>
        Parameters.Of(
            complete
                .Values.Where(setting => !setting.IsAxis && takes(setting))
                .Select(setting => KeyValuePair.Create(setting.Key, setting.Values[0]))
        );
}
