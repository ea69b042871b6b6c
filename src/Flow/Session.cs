using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.DataSets;
using Pipeline.Stages.Expand;

namespace Pipeline.Flow;

/// <summary>What every command needs: options, cache, data sets, studies. Nothing is read or written before it is asked for.</summary>
public sealed class Session
{
    private readonly Lazy<DataSetLibrary> library;
    private readonly Lazy<StudyVocabulary> vocabulary;
    private readonly Lazy<StageContext> context;
    private readonly Evaluator expansion;
    private readonly DataSetPlaces places;

    /// <summary>Starts a session.</summary>
    /// <param name="options">What the command asks for.</param>
    /// <param name="output">Where to tell what happens.</param>
    /// <param name="cancellation">Ends the session early; what is finished stays.</param>
    /// <param name="dependsOn">What the results of a backend depend on besides code, by its name; null for nothing.</param>
    public Session(
        PipelineOptions options,
        TextWriter output,
        CancellationToken cancellation,
        Func<string, KeyPart>? dependsOn = null
    )
    {
        (Options, Output, Cancellation) = (options, output, cancellation);
        Cache = DirectoryCache.Open(
            options.Cache,
            options.CacheIsReadOnly ? Path.Combine(options.Root, "artifacts", "scratch") : null,
            options.Remote,
            output.WriteLine,
            cancellation
        );
        places = new(options.Root, options.Data, options.Cache, options.CacheIsReadOnly);
        library = new(() => new(places.Descriptions, Locator, Output, Cancellation));
        vocabulary = new(() => new(Library));
        context = new(() => new(Code, Library, dependsOn ?? (_ => KeyPart.Empty)));
        expansion = new(Cache, "expand", Mode.Run, forced: null, TextWriter.Null);
    }

    /// <summary>What the command asks for.</summary>
    public PipelineOptions Options { get; }

    /// <summary>Where to tell what happens.</summary>
    public TextWriter Output { get; }

    /// <summary>Ends the session early.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The cache.</summary>
    internal DirectoryCache Cache { get; }

    /// <summary>The code of the stages.</summary>
    internal StageCode Code { get; } = new();

    /// <summary>The data sets that studies may name.</summary>
    internal DataSetLibrary Library => library.Value;

    /// <summary>Finds the files of published data sets.</summary>
    internal DataSetLocator Locator => DataSetLocator.For(places, Output, Cancellation);

    /// <summary>Waits for what is still to be shared with other machines.</summary>
    public void Finish() => Cache.Finish();

    private StudyOverrides Overrides => new(Options.Only, Options.Set);

    /// <summary>A path as messages show it: relative where it lies below the project.</summary>
    internal string Shown(string path) => Studies.Shown(Options.Root, path);

    /// <summary>The files of the studies that the command is about: those that it names, or all that are marked default.</summary>
    /// <exception cref="PipelineException">There is none.</exception>
    internal IReadOnlyList<string> Paths()
    {
        if (Options.Experiments.Count > 0)
            return Studies.Named(Options);
        // Whether a study is default is asked of the whole study: overrides need not fit those that aren't.
        List<string> paths = [.. Studies.All(Options.Root).Where(path => Plan(path, StudyOverrides.None).Default)];
        return paths.Count > 0
            ? paths
            : throw new PipelineException(
                "No study in experiments/ is marked default: name one with --experiment=<name>."
            );
    }

    /// <summary>The flows of the studies that the command is about.</summary>
    internal IReadOnlyList<StudyFlow> Flows(Mode mode) => [.. Paths().Select(path => Flow(path, Overrides, mode))];

    /// <summary>The flow of a study.</summary>
    /// <param name="path">The study's file.</param>
    /// <param name="overrides">What the command line changes.</param>
    /// <param name="mode">Whether its stages are computed.</param>
    internal StudyFlow Flow(string path, StudyOverrides overrides, Mode mode)
    {
        // A study from elsewhere may bear the name of one of the project's; other backends' bytes may differ elsewhere;
        // what isn't all run is no whole study.
        var plan = Plan(path, overrides);
        var isElsewhere = !Studies.IsOfProject(Options.Root, path);
        var standsApart = plan.HasOtherBackend() || isElsewhere || Options.SoFar;
        plan = plan with { Partial = plan.Partial || standsApart };
        var evaluator = new Evaluator(
            Cache,
            plan.Partial ? plan.Study + ".part" : plan.Study,
            mode,
            Options.Force ? Options.Goal : null,
            Output
        );
        var described = Options.Data is null ? [] : StudyOperations.DataSets(plan).Where(Library.IsDescribedElsewhere);
        return new(
            plan,
            evaluator,
            context.Value,
            Options,
            new(plan.Study, isElsewhere ? Path.GetFileName(path) : null, overrides.Only, overrides.Set, [.. described]),
            Output,
            Refusal,
            Cancellation
        );

        Exception Refusal(Parameters run, (string, string) why) => Expander.Misfit(Source(path), overrides, run, why);
    }

    /// <summary>A study, spelled out.</summary>
    internal Plan Plan(string path, StudyOverrides overrides)
    {
        var source = Source(path);
        return Expand.Read(expansion.Evaluate(Expand.Of(source, overrides, vocabulary.Value, Code)), source);
    }

    /// <summary>A study with what the command line changes, as YAML that is a study of its own.</summary>
    internal string Resolved(string path) => Expand.Resolved(Source(path), Overrides, vocabulary.Value.Names);

    private StudySource Source(string path) => StudySource.Load(Studies.Shown(Options.CallerDirectory, path));
}
