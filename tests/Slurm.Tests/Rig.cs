using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors;
using Pipeline.Executors.Slurm;
using Pipeline.Train.Tests;

namespace Pipeline.Slurm.Tests;

/// <summary>A cache, runs for it, and a cluster that is played in this process.</summary>
internal sealed class Rig : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string program;

    public Rig()
    {
        Cache = new(folder.Path, Told.Add, TimeProvider.System);
        Slurm = new(Cache, Clusters);
        program = Given.Program(folder.File("worker"));
    }

    public Clusters Clusters { get; } = new();

    public DirectoryCache Cache { get; }

    public FakeSlurm Slurm { get; }

    /// <summary>What the user was told.</summary>
    public List<string> Told { get; } = [];

    public void Dispose()
    {
        Clusters.Dispose();
        folder.Dispose();
    }

    /// <summary>Runs that differ by their seeds.</summary>
    public RunTask[] Tasks(int count) => [.. Enumerable.Range(0, count).Select(seed => Task(Seed(seed)))];

    /// <summary>Runs that take so long that each has a task of its own, where tasks are to take a second.</summary>
    public RunTask[] LongTasks(int count) =>
        [.. Enumerable.Range(0, count).Select(seed => Task(Seed(seed), ("epochs", Scalar.Of(1_000_000L))))];

    public RunTask Task(params (string Key, Scalar Value)[] changes)
    {
        var parameters = Spec.With(changes);
        var data = KeyPart.Of([KeyValuePair.Create("data", Digest.Of("data"))]);
        var code = KeyPart.Of([KeyValuePair.Create("Pipeline.Train", "1")]);
        return new(new StageKey("train", parameters, data, code), parameters, Clusters.File, "managed");
    }

    public JobDescription Description(bool isForced = false) =>
        new(Cache.Folder, null, "managed", null, null, 30, isForced);

    public SlurmSite Site(bool isForced = false) => new(Description(isForced), () => program);

    public SlurmExecutor Executor(SlurmOptions? options = null, bool isForced = false) =>
        new(Site(isForced), options ?? new(), Cache, Told.Add) { Slurm = Slurm.Run, Pause = TimeSpan.Zero };

    /// <summary>The names of the jobs that have files.</summary>
    public IReadOnlyList<string> Jobs => [.. JobFolder.All(Cache.Folder).Select(job => job.Name)];

    /// <summary>How runs ended, in their order.</summary>
    public static EndedRun[] Run(SlurmExecutor executor, IReadOnlyList<RunTask> tasks)
    {
        var ended = executor.Run(tasks, CancellationToken.None).ToList();
        Assert.Equal(Enumerable.Range(0, tasks.Count), ended.Select(run => run.Index).Order());
        return [.. ended.OrderBy(run => run.Index)];
    }

    /// <summary>A job that another command submitted.</summary>
    public JobFolder Job(params RunTask[][] packs)
    {
        var job = JobFolder.New(Cache.Folder);
        job.Write(Description(), Array.ConvertAll(packs, tasks => RunPack.Of(tasks)), "script");
        Slurm.Accept(job);
        return job;
    }

    /// <summary>Stores the result of a run.</summary>
    public void Store(RunTask task) => Slurm.Store(task);

    private static (string, Scalar) Seed(int seed) => ("seed", Scalar.Of((long)seed));
}
