using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors;
using Pipeline.Flow;
using Pipeline.Networks;

namespace Pipeline.Commands.Tests;

/// <summary>A project folder with a study of four runs on data that are made, in which commands run one after the other.</summary>
internal sealed class Project : IDisposable
{
    private const string Study = """
        title: Two activations on two spirals
        default: true
        dataset: two-spirals(120)
        fixed:
          model: {kind: mlp, depth: 1, width: 8}
          initialization: he_normal
          optimizer: {kind: sgd, momentum: 0.9}
          learning_rate: 0.1
          batch_size: 16
          epochs: 2
        scientific:
          activation: [relu, tanh]
        seeds: 2

        """;

    public Project(string more = "")
    {
        Directory.CreateDirectory(Path.Combine(Root, "experiments"));
        File.WriteAllText(Path.Combine(Root, "experiments", "spirals.yaml"), Study + more);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("commands-").FullName;

    public string Cache => Path.Combine(Root, "cache");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>What Plan prints last.</summary>
    public string Plan()
    {
        using var output = new StringWriter();
        new PlanCommand(Session(output, Goal.Report)).Run();
        return LastLine(output);
    }

    /// <summary>Does all that Report needs, and Report; the line of its trained runs.</summary>
    public string Report(IExecutor? executor = null, bool failFast = false, bool force = false)
    {
        using var output = new StringWriter();
        var flow = new FlowCommand(
            Session(output, Goal.Report, failFast, force: force),
            executor ?? new LocalExecutor(2, Backend.Managed)
        );
        flow.Preprocess();
        flow.Train();
        flow.Aggregate();
        flow.Report();
        return output
            .ToString()
            .Split('\n')
            .Last(line => line.StartsWith("train: ", StringComparison.Ordinal))
            .TrimEnd();
    }

    /// <summary>The study's table of runs.</summary>
    public string Results() => File.ReadAllText(Path.Combine(Root, "results", "spirals", "runs.csv"));

    /// <summary>Makes a report of the runs that are done; all that is printed.</summary>
    public string ReportSoFar(string? results = null)
    {
        using var output = new StringWriter();
        var session = Session(output, Goal.Report, soFar: true, results: results);
        var flow = new FlowCommand(session, new NoExecutor());
        flow.Preprocess();
        flow.Train();
        flow.Aggregate();
        flow.Report();
        return output.ToString();
    }

    /// <summary>What Plan prints with --resolved.</summary>
    public string Resolved(params string[] set)
    {
        using var output = new StringWriter();
        using var yaml = new StringWriter();
        new ResolvedCommand(Session(output, Goal.Report, set: set)).Run(yaml);
        Assert.Empty(output.ToString());
        return yaml.ToString();
    }

    /// <summary>Trains; the line of the trained runs.</summary>
    public string Train(IExecutor executor, params string[] set) => Train(executor, force: false, set);

    /// <summary>Trains what is cached too, where it is forced.</summary>
    public string Train(IExecutor executor, bool force, params string[] set)
    {
        using var output = new StringWriter();
        new FlowCommand(Session(output, Goal.Train, set: set, force: force), executor).Train();
        return LastLine(output);
    }

    /// <summary>Goes through all tasks of Report as with a cluster; all that is printed.</summary>
    public string ReportThere(IExecutor executor, Cluster cluster)
    {
        using var output = new StringWriter();
        var flow = new FlowCommand(Session(output, Goal.Report), executor, cluster);
        flow.Preprocess();
        flow.Train();
        flow.Aggregate();
        flow.Report();
        return output.ToString();
    }

    /// <summary>Prepares the data, as a cluster does.</summary>
    public void Prepare()
    {
        using var output = new StringWriter();
        new FlowCommand(Session(output, Goal.Preprocess), new NoExecutor()).Preprocess();
    }

    /// <summary>What Status prints, and the digests of the keys that it asks for.</summary>
    public (string Output, int Keys, bool AreDataMissing) Status(RunsElsewhere elsewhere)
    {
        using var output = new StringWriter();
        var (keys, areDataMissing) = (0, false);
        new StatusCommand(
            Session(output, Goal.Report),
            (missing, missesData) =>
            {
                (keys, areDataMissing) = (missing.Count, missesData);
                return elsewhere;
            }
        ).Run();
        return (output.ToString(), keys, areDataMissing);
    }

    /// <summary>The id of the study's first run.</summary>
    public string FirstRun()
    {
        using var output = new StringWriter();
        return Session(output, Goal.Report).Flows(Mode.Plan)[0].Plan.Runs().First().Id;
    }

    /// <summary>Audits; all that is printed.</summary>
    public string Audit(int sample, int seed, Retraining? train = null)
    {
        using var output = new StringWriter();
        try
        {
            new AuditCommand(Session(output, Goal.Report), train).Run(sample, seed);
            Assert.EndsWith(", 0 differ", LastLine(output), StringComparison.Ordinal);
        }
        catch (PipelineException e)
        {
            output.Write(e.Message);
        }
        return output.ToString();
    }

    /// <summary>Gives the entry of a run another result, with the digests that fit.</summary>
    public void Plant(string id, Func<byte[], byte[]> other)
    {
        using var output = new StringWriter();
        var session = Session(output, Goal.Report);
        var (flow, run) = new RunSearch(session).Find(id, Mode.Plan)[0];
        var key = flow.LookUp(run).Key!;
        var cache = new DirectoryCache(Cache, _ => { }, TimeProvider.System);
        Assert.True(cache.TryGet(key.Digest, out var manifest, out _));
        var (name, stored) = manifest.Outputs.Single();
        cache.Put(key, [new(name, cache.Put(other(cache.TryRead(stored.Digest)!)))]);
    }

    private Session Session(
        StringWriter output,
        Goal goal,
        bool failFast = false,
        string[]? set = null,
        bool soFar = false,
        string? results = null,
        bool force = false
    ) =>
        new(
            new PipelineOptions
            {
                Root = Root,
                CallerDirectory = Environment.CurrentDirectory,
                Cache = Cache,
                Goal = goal,
                FailFast = failFast,
                Set = set ?? [],
                SoFar = soFar,
                Force = force,
                Results = results,
            }.Validate(),
            output,
            CancellationToken.None
        );

    private static string LastLine(StringWriter output) => output.ToString().TrimEnd().Split('\n')[^1].TrimEnd();

    private sealed class NoExecutor : IExecutor
    {
        public IEnumerable<EndedRun> Run(
            IReadOnlyList<RunTask> tasks,
            CancellationToken cancellation,
            Action<RunningRun>? progress = null
        ) => throw new InvalidOperationException("A run is trained.");
    }
}
