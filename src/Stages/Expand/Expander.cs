using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Claims;
using Pipeline.Stages.Expand.Plots;
using Pipeline.Stages.Expand.Schema;

namespace Pipeline.Stages.Expand;

/// <summary>Spells out a study: from its files to a plan of every run.</summary>
public static class Expander
{
    /// <summary>The most runs that a study may have.</summary>
    internal const int MaxRuns = 1_000_000;

    /// <summary>Spells out a study.</summary>
    /// <param name="source">Its files.</param>
    /// <param name="vocabulary">The names that it may use.</param>
    /// <param name="overrides">What the command line changes.</param>
    /// <exception cref="StudyException">The study or an override is wrong.</exception>
    public static Plan Expand(StudySource source, Vocabulary vocabulary, StudyOverrides overrides) =>
        Resolve(source, vocabulary, overrides).Plan;

    /// <summary>A study after <c>extends:</c>, defaults and overrides, as the YAML of a study of its own with the same runs.</summary>
    /// <param name="source">Its files.</param>
    /// <param name="vocabulary">The names that it may use.</param>
    /// <param name="overrides">What the command line changes.</param>
    /// <exception cref="StudyException">The study or an override is wrong.</exception>
    public static string Resolved(StudySource source, Vocabulary vocabulary, StudyOverrides overrides) =>
        ResolvedYaml.Of(Resolve(source, vocabulary, overrides));

    private static ResolvedStudy Resolve(StudySource source, Vocabulary vocabulary, StudyOverrides overrides)
    {
        var document = StudyDocument.Read(source);
        var settings = Settings.Read(document, vocabulary);
        var exclusions = document.Find(StudyKeys.Exclude) is { } node
            ? Exclusion.ReadAll(node, settings, vocabulary)
            : [];
        var claims = ClaimReader.ReadAll(document, settings, exclusions, vocabulary);
        var claimed = claims.Count;
        var plots = PlotReader.ReadAll(document, settings, vocabulary);
        var seeds = document.Find(StudyKeys.Seeds) is { } count ? Seeds.Read(count, claims) : Seeds.None;
        var title = StudyTexts.Title(document);
        var written = settings;
        foreach (var option in overrides.Set.Select(text => Option.Parse("set", text)))
        {
            if (option.Key == Option.Seed)
                throw new StudyException(
                    option.Place,
                    option.Text.All(char.IsAsciiDigit)
                        ? $"write --set=seeds=[{option.Text}] for this seed, or --set=seeds={option.Text} for so many"
                        : $"write --set=seeds=[{option.Text.Trim('[', ']')}]"
                );
            if (option.IsSeeds)
                seeds = Seeds.Read(option.Value, claims);
            else
                settings = settings.With(option);
        }
        if (settings != written)
        {
            claims = ClaimReader.ReadFitting(document, settings, exclusions, vocabulary);
            plots = PlotReader.ReadFitting(document, settings, vocabulary);
            if (!claims.Any(claim => claim.IsStatistical))
                seeds = seeds.WithoutClaims;
        }
        var only = new List<(Place, ValueCondition Condition)>();
        foreach (var option in overrides.Only.Select(text => Option.Parse("only", text)))
        {
            if (option.IsSeeds)
                seeds = seeds.Narrow(option);
            else
                only.Add((option.Place, option.Narrow(settings, vocabulary)));
        }
        var plan = new Plan
        {
            Study = source.Name,
            Title = Title(title, overrides),
            Question = StudyTexts.Optional(document, StudyKeys.Question),
            Source = StudyTexts.Optional(document, StudyKeys.Source),
            Default = StudyTexts.Default(document),
            Partial = overrides.Only.Count > 0 || overrides.Set.Count > 0,
            Fixed = settings.Fixed,
            Scientific = settings.Scientific,
            Nuisance = settings.Nuisance,
            Seeds = seeds.All,
            AtLeast = seeds.AtLeast,
            Trials = Trials.Select(document, settings, seeds.All.Length, exclusions, only),
            Claims = claims,
            ClaimsLeftOut = claimed - claims.Count,
            Plots = plots,
        };
        RequireRuns(plan, settings, vocabulary);
        var whole = only.Count == 0 ? plan.Trials : Trials.Select(document, settings, 1, exclusions, []);
        if (whole.Count > plan.Trials.Count)
            plan = plan with { Whole = whole };
        return new(plan, settings, exclusions, [.. only.Select(option => option.Condition)], whole);
    }

    /// <summary>
    /// What to throw where data show that a run can't be done: a sentence, and where the study gives the parameter to change.
    /// </summary>
    /// <param name="source">The study's files.</param>
    /// <param name="overrides">What the command line changes.</param>
    /// <param name="run">The run's parameters.</param>
    /// <param name="misfit">The parameter's key, and the sentence.</param>
    public static StudyException Misfit(
        StudySource source,
        StudyOverrides overrides,
        Parameters run,
        (string Key, string Sentence) misfit
    )
    {
        var places = StudyDocument
            .Read(source)
            .Parameters.ToDictionary(entry => entry.Parameter.Key, entry => entry.Place, StringComparer.Ordinal);
        foreach (var option in overrides.Set.Select(text => Option.Parse("set", text)))
            places[option.Key] = option.Place;
        // What has its default stands nowhere; the data set always stands somewhere.
        var place = places.TryGetValue(misfit.Key, out var given) ? given : places[StudyKeys.DataSet];
        var sentence = misfit.Sentence.TrimEnd('.');
        return new(
            place,
            $"with the data set {run.Text(StudyKeys.DataSet)}, {char.ToLowerInvariant(sentence[0])}{sentence[1..]}"
        );
    }

    private static string Title(string title, StudyOverrides overrides)
    {
        string[] options =
        [
            .. overrides.Only.Select(text => $"--only={text}"),
            .. overrides.Set.Select(text => $"--set={text}"),
        ];
        return options.Length == 0 ? title : $"{title}, with {string.Join(' ', options)}";
    }

    private static void RequireRuns(Plan plan, Settings settings, Vocabulary vocabulary)
    {
        foreach (
            var axis in settings.Scientific.Concat(settings.Nuisance).Select(axis => settings.Find(axis.Key, default))
        )
        {
            if (MetricReader.HasCurve(axis.Key, axis.Place, settings))
                throw new StudyException(
                    axis.Place,
                    $"{axis.Key} can't be an axis, since tables have a column of that name for what runs measure; give it one value under fixed"
                );
        }
        var (seen, alike) = (new HashSet<int>(), plan.Alike(axis => RunParameters.ShapesNetwork(axis.Key)));
        foreach (var run in plan.WithSeeds([0]).Runs())
        {
            if (seen.Add(alike(run.Trial)) && vocabulary.Misfit(run.Spec) is { } network)
                throw Misfit(
                    network.Key,
                    $"with {network.Key} {run.Spec[network.Key]} a run can't be trained: {network.Sentence.TrimEnd('.')}"
                );
            if (RunRequirements.Misfit(run.Spec) is { } misfit)
                throw Misfit(misfit.Key, misfit.Sentence);
        }

        StudyException Misfit(string key, string sentence) =>
            new(settings.Find(key, default).Place, $"{sentence}; change it, or exclude such runs");
    }
}
