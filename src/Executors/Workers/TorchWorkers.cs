using System.Reflection;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Stages.Train;

namespace Pipeline.Executors.Workers;

/// <summary>
/// The backend <c>torch</c>: TorchSharp in worker processes. Its program is restored and built when it is first needed:
/// the library that it brings has 0.6 GB for CPUs and several for GPUs.
/// </summary>
/// <param name="build">Builds the program.</param>
/// <param name="devices">The devices to train on.</param>
/// <param name="jobs">The number of processes for each device, at least 1.</param>
/// <param name="shared">The cache, where others may store the same runs and where checkpoints are; null where neither is so.</param>
/// <param name="checkpointEvery">How long a run trains from one checkpoint to the next; null for half a minute.</param>
public sealed class TorchWorkers(
    TorchBuild build,
    Func<TorchDevices> devices,
    int jobs,
    DirectoryCache? shared = null,
    TimeSpan? checkpointEvery = null
)
{
    /// <summary>The backend's name in studies.</summary>
    public const string Name = "torch";

    private const string StageAssembly = "Pipeline.Train.Torch";

    /// <summary>Whether its program is built where it isn't; else its runs depend on what no cache has.</summary>
    public bool MayBuild
    {
        get;
        set
        {
            lock (gate)
                (field, dependsOn) = (value, null);
        }
    } = true;

    private readonly Lazy<TorchDevices> devices = new(devices);
    private readonly Lock gate = new();
    private KeyPart? dependsOn;

    /// <summary>
    /// What the results of its runs depend on besides the code of Train: the backend's own code, versions of TorchSharp
    /// and libtorch, the device's name, the number of threads.
    /// </summary>
    /// <exception cref="PipelineException">It can't be built, or can't compute here.</exception>
    public KeyPart DependsOn
    {
        get
        {
            lock (gate)
                return dependsOn ??= ReadDependencies();
        }
    }

    /// <summary>Trains its runs.</summary>
    /// <exception cref="PipelineException">It can't be built, or can't compute here.</exception>
    public IExecutor Executor() => new WorkerExecutor(Program, jobs, shared, checkpointEvery);

    /// <summary>What trains its runs.</summary>
    /// <exception cref="PipelineException">It can't be built, or can't compute here.</exception>
    public WorkerProgram Program =>
        new(Path.Combine(build.Folder(devices.Value), "Pipeline.Worker.dll"), Name, devices.Value.Names);

    private KeyPart ReadDependencies()
    {
        if (!MayBuild && !build.IsBuilt(devices.Value))
            return KeyPart.Of([KeyValuePair.Create("device", "none, as the worker is not built")]);
        return DependsOnOf(build.Folder(devices.Value), devices.Value);
    }

    /// <summary>As <see cref="DependsOn"/>, of the program in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="devices">The devices to train on.</param>
    public static KeyPart DependsOnOf(string folder, TorchDevices devices)
    {
        var code = CodeComponents.Of(StageAssembly, Path.Combine(folder, StageAssembly + ".dll")).With();
        var known = CodeComponents.Of(typeof(Trainer).GetTypeInfo().Assembly).With();
        return KeyPart.Of([
            .. code.Entries.Where(entry => !known.Entries.ContainsKey(entry.Key)),
            KeyValuePair.Create("device", devices.Model),
            KeyValuePair.Create("threads", "1"),
        ]);
    }
}
