using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Pipeline.Caching;
using Pipeline.Commands;
using Pipeline.Executors;
using Pipeline.Executors.Workers;
using Pipeline.Flow;
using Pipeline.Networks;

namespace Pipeline.Build;

/// <summary>What the tasks share: the options of the command line and the session that does their work.</summary>
public sealed class BuildContext : FrostingContext
{
    private readonly Lazy<Session> session;
    private readonly Lazy<FlowCommand> flow;
    private readonly TorchWorkers torch;
    private readonly string caller;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="CakeException">An argument is wrong.</exception>
    public BuildContext(ICakeContext context)
        : base(context)
    {
        Root = RepositoryRoot.Find();
        caller = System.Environment.CurrentDirectory;
        var options = BuildArguments.Options(context.Arguments, Root, caller);
        var (device, devices) = (BuildArguments.Value(Arguments, "device"), BuildArguments.Value(Arguments, "devices"));
        // At quiet nothing is said but errors.
        var output = context.Log.Verbosity == Verbosity.Quiet ? TextWriter.Null : Console.Out;
        if (
            options.CacheIsReadOnly
            && (options.Remote is not null || BuildArguments.Value(Arguments, "cache-mode") is null)
        )
            output.WriteLine($"cache: {options.Cache} can't be written, so that nothing is kept of what is read");
        torch = new(
            new TorchBuild(Root, output) { Stop = Interruption.Token },
            () => Devices(device, devices),
            options.Jobs,
            Shared(options, output),
            CheckpointEvery()
        );
        session = new(() =>
            new Session(
                options,
                output,
                Interruption.Token,
                backend => backend == TorchWorkers.Name ? torch.DependsOn : KeyPart.Empty
            )
        );
        Ending.Add(() =>
        {
            if (session.IsValueCreated)
                Session.Finish();
        });
        var slurm = SlurmArguments.IsAsked(Arguments)
            ? new SlurmCluster(Arguments, options, Root, caller, torch, CheckpointEvery(), output)
            : null;
        if (slurm is not null && Arguments.HasArgument("jobs"))
            throw new CakeException(
                "--jobs is about runs at a time on this machine: --slurm-cpus says how many a task trains at once."
            );
        if (slurm is null)
        {
            SlurmArguments.RequireNone(Arguments);
            RequireCheckpoints(options);
        }
        flow = new(() =>
            new FlowCommand(
                Session,
                new BackendExecutor(backend =>
                    slurm is not null ? slurm.Executor(backend)
                    : backend == TorchWorkers.Name ? torch.Executor()
                    : new LocalExecutor(options.Jobs, Backend.Managed, Shared(options, output), CheckpointEvery())
                ),
                slurm?.Cluster
            )
        );
    }

    // On a cluster they are the nodes', which see to it that they are of that model.
    private TorchDevices Devices(string? device, string? devices) =>
        SlurmArguments.IsAsked(Arguments)
        && device is not (null or "cpu")
        && SlurmArguments.Gpu(Arguments, Root) is { } model
            ? new(["cuda:0"], model)
            : TorchDevices.Of(device, devices);

    // What is done again although it is cached is done whoever else does it.
    private static DirectoryCache? Shared(PipelineOptions options, TextWriter output) =>
        options.CacheIsReadOnly || options is { Force: true, Goal: Goal.Train }
            ? null
            : new(options.Cache, output.WriteLine, TimeProvider.System);

    private void RequireCheckpoints(PipelineOptions options)
    {
        var without =
            options.CacheIsReadOnly ? "a cache that is only read"
            : options is { Force: true, Goal: Goal.Train } ? "--force"
            : null;
        if (without is not null && CheckpointEvery() is not null)
            throw new CakeException(
                $"--checkpoint is not possible with {without}, where runs keep none: leave it away."
            );
    }

    /// <summary>The folder of the project.</summary>
    public string Root { get; }

    /// <summary>Does something for which runs of the backend torch are looked up only where its worker is built.</summary>
    public void WithoutBuilding(Action action)
    {
        torch.MayBuild = false;
        try
        {
            action();
        }
        finally
        {
            torch.MayBuild = true;
        }
    }

    /// <summary>What every command needs; made at first use.</summary>
    public Session Session => session.Value;

    /// <summary>Goes through the flow of the studies, task by task; made at first use.</summary>
    public FlowCommand Flow => flow.Value;

    /// <summary>The run that --run names.</summary>
    /// <param name="target">The target that needs it.</param>
    /// <exception cref="CakeException">The argument is missing.</exception>
    public string RunId(string target) =>
        BuildArguments.Value(Arguments, "run")
        ?? throw new CakeException($"{target} needs --run=<id>: take an id from the first column of a runs.csv.");

    /// <summary>The folder that --to names.</summary>
    /// <exception cref="CakeException">The argument is missing.</exception>
    public string ExportFolder() =>
        BuildArguments.Path(Arguments, "to", caller)
        ?? throw new CakeException("Export needs --to=<folder>: name the folder that the network is to be written to.");

    /// <summary>Whether --folded asks Export to fold batch normalizations.</summary>
    /// <exception cref="CakeException">The argument is neither true nor false.</exception>
    public bool IsFolded() => BuildArguments.Flag(Arguments, "folded");

    /// <summary>Whether --resolved asks Plan for the study itself.</summary>
    /// <exception cref="CakeException">The argument is neither true nor false.</exception>
    public bool IsResolved() => BuildArguments.Flag(Arguments, "resolved");

    /// <summary>Whether --check asks Format or Clean to change nothing.</summary>
    /// <exception cref="CakeException">The argument is neither true nor false.</exception>
    public bool IsCheck() => BuildArguments.Flag(Arguments, "check");

    /// <summary>How long a run trains from one checkpoint to the next; null for the executor's choice.</summary>
    private TimeSpan? CheckpointEvery() =>
        BuildArguments.Value(Arguments, "checkpoint") is { } text ? CacheLimits.Duration("checkpoint", text) : null;

    /// <summary>How long an unused cache entry is kept; 30 days unless --keep says otherwise.</summary>
    /// <exception cref="CakeException">The argument is not a duration.</exception>
    public TimeSpan Keep() =>
        BuildArguments.Value(Arguments, "keep") is { } text
            ? CacheLimits.Duration("keep", text)
            : TimeSpan.FromDays(30);

    /// <summary>The size down to which the cache is cleaned, in bytes; null for any.</summary>
    /// <exception cref="CakeException">The argument is not a size.</exception>
    public long? MaxSize() => BuildArguments.Value(Arguments, "max-size") is { } text ? CacheLimits.Size(text) : null;

    /// <summary>For how many seconds Fuzz goes on; null where it isn't told.</summary>
    /// <exception cref="CakeException">The argument is not a whole number from 1.</exception>
    public int? Seconds() => BuildArguments.Number(Arguments, "seconds", least: 1);

    /// <summary>How many runs Audit trains again; 20 when it isn't told.</summary>
    /// <exception cref="CakeException">The argument is not a whole number from 1.</exception>
    public int Sample() => BuildArguments.Number(Arguments, "sample", least: 1) ?? 20;

    /// <summary>What chooses the runs of Audit and the inputs of Fuzz; null where it isn't told.</summary>
    /// <exception cref="CakeException">The argument is not a whole number.</exception>
    public int? Seed() => BuildArguments.Number(Arguments, "seed", least: 0);
}
