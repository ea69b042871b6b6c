using Cake.Core;
using Pipeline.Commands;
using Pipeline.Executors;
using Pipeline.Executors.Slurm;
using Pipeline.Executors.Workers;
using Pipeline.Flow;

namespace Pipeline.Build;

/// <summary>A command's use of a Slurm cluster, as its options have it.</summary>
internal sealed class SlurmCluster
{
    // Set for a command that a node runs to prepare data: it prepares them itself.
    private const string PreparesHere = "PIPELINE_PREPARES_HERE";

    private readonly Dictionary<string, SlurmExecutor> executors = new(StringComparer.Ordinal);
    private readonly PipelineOptions options;
    private readonly SlurmOptions asked;
    private readonly TorchWorkers torch;
    private readonly JobDescription description;
    private readonly TextWriter output;

    /// <summary>Reads the options.</summary>
    /// <exception cref="CakeException">An option is wrong, or the cache is only read.</exception>
    /// <exception cref="Artifacts.PipelineException">An option is wrong.</exception>
    public SlurmCluster(
        ICakeArguments arguments,
        PipelineOptions options,
        string root,
        string caller,
        TorchWorkers torch,
        TimeSpan? checkpointEvery,
        TextWriter output
    )
    {
        (this.options, this.torch, this.output) = (options, torch, output);
        if (options.CacheIsReadOnly)
            throw new CakeException(
                "--executor=slurm needs a cache that it can write, as nodes store results there: leave --cache-mode=read away, or name another folder with --cache."
            );
        asked = SlurmArguments.Options(arguments, root);
        description = new(
            options.Cache,
            options.Remote is { IsReadOnly: false } remote ? remote.ToString() : null,
            TorchWorkers.Name,
            BuildArguments.Value(arguments, "device"),
            BuildArguments.Value(arguments, "devices"),
            (checkpointEvery ?? ResumableTrainer.UsualInterval).TotalSeconds,
            options is { Force: true, Goal: Goal.Train }
        );
        // What a node itself prepares, or is prepared again although it is, or needs no run, is prepared here.
        var isHere =
            Environment.GetEnvironmentVariable(PreparesHere) is not null
            || options is { Force: true, Goal: Goal.Preprocess }
            || options.SoFar;
        var preparation = new SlurmPreparation(Node(root, caller), asked, options.Cache, output.WriteLine);
        Cluster = new(isHere ? (_, _) => false : preparation.Run, asked.Detach);
    }

    /// <summary>What the flow does otherwise.</summary>
    public Cluster Cluster { get; }

    /// <summary>Who trains the runs of a backend.</summary>
    public SlurmExecutor Executor(string backend)
    {
        if (executors.TryGetValue(backend, out var known))
            return known;
        var isTorch = backend == TorchWorkers.Name;
        return executors[backend] = new(
            new(description with { Backend = backend }, () => isTorch ? torch.Program.Path : Worker),
            asked,
            new(options.Cache, output.WriteLine, TimeProvider.System),
            output.WriteLine
        );
    }

    // It is built with the host, beside which it lies.
    private static string Worker => Path.Combine(AppContext.BaseDirectory, "Pipeline.Worker.dll");

    // This command, up to the runs.
    private NodeCommand Node(string root, string caller) =>
        new(
            Path.Combine(AppContext.BaseDirectory, "Pipeline.Build.dll"),
            SlurmArguments.ForPreparation(
                [.. Environment.GetCommandLineArgs().Skip(1)],
                submits: asked.Detach && options.Goal != Goal.Preprocess,
                description.IsForced
            ),
            caller,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PIPELINE_ROOT"] = root, [PreparesHere] = "1" }
        );
}
