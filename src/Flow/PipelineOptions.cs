using Pipeline.Artifacts;
using Pipeline.Executors;

namespace Pipeline.Flow;

/// <summary>What a command asks for. Paths are absolute; <see cref="Validate"/> is the one place that checks ranges.</summary>
public sealed record PipelineOptions
{
    /// <summary>The folder of the project: where <c>experiments/</c> and <c>results/</c> stand.</summary>
    public required string Root { get; init; }

    /// <summary>The folder from which the command was given: paths of studies are relative to it.</summary>
    public required string CallerDirectory { get; init; }

    /// <summary>The cache's folder.</summary>
    public required string Cache { get; init; }

    /// <summary>Whether that folder is only read from.</summary>
    public bool CacheIsReadOnly { get; init; }

    /// <summary>A shared cache behind the folder; null for none.</summary>
    public Caching.Remote.RemoteAddress? Remote { get; init; }
    internal int LooksAtOnce => Remote is null ? Jobs : Math.Max(Jobs, Caching.Remote.RemoteAddress.RequestsAtOnce);

    /// <summary>Names or paths of studies; none means every study marked default.</summary>
    public IReadOnlyList<string> Experiments { get; init; } = [];

    /// <summary>Conditions such as <c>activation=relu,tanh</c> that select part of a grid.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Assignments such as <c>epochs=5</c> that override a study.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>How far the command goes: what --force does again, and what a finished study is spared.</summary>
    public Goal Goal { get; init; } = Goal.Report;

    /// <summary>Runs at a time, 1…1024. Default: the machine's physical cores.</summary>
    public int Jobs { get; init; } = PhysicalCores.Count;

    /// <summary>The option that names devices for other backends, <c>--device</c> or <c>--devices</c>; null for none.</summary>
    public string? Devices { get; init; }

    /// <summary>A folder with data sets, looked at before the usual places; null for none.</summary>
    public string? Data { get; init; }

    /// <summary>
    /// The folder for results; null for <c>results/</c>, or <c>artifacts/results/</c> where a study is partial, with a folder for each set
    /// of overrides in it.
    /// </summary>
    public string? Results { get; init; }

    /// <summary>Whether what is asked for runs again although its result is cached.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the first failed run ends the command; otherwise the others run first.</summary>
    public bool FailFast { get; init; }

    /// <summary>Whether Report tells the address of its page, to be opened in a browser.</summary>
    public bool Open { get; init; }

    /// <summary>Whether Report is made of the runs that are done, and none is trained.</summary>
    public bool SoFar { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="PipelineException">A value is out of range.</exception>
    public PipelineOptions Validate()
    {
        if (Jobs is < 1 or > 1024)
            throw new PipelineException($"--jobs={Jobs} is not possible: give a number of runs at a time in 1…1024.");
        if (Data is not null && !Directory.Exists(Data))
            throw new PipelineException($"--data={Data} is no folder: name the one that holds the data sets.");
        if (SoFar && Results == Path.Combine(Root, "results"))
            throw new PipelineException(
                "--so-far writes nothing to results/, which holds whole studies: name another folder with --results=<folder>."
            );
        if (Only.Count + Set.Count > 0 && Results == Path.Combine(Root, "results"))
            throw new PipelineException(
                "What --only, --set or --backend change is no whole study, which results/ holds: name another folder with --results=<folder>, or leave --results away."
            );
        return this;
    }
}
