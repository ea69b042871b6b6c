using Pipeline.Artifacts;

namespace Pipeline.Executors.Slurm;

/// <summary>What came of a submission.</summary>
/// <param name="Id">The job's id; null where it wasn't accepted.</param>
/// <param name="Refusal">What Slurm says why; null where it was.</param>
/// <param name="IsLimit">Whether that is a limit of the cluster, so that less, or later, it may be accepted.</param>
internal sealed record Submitted(string? Id, string? Refusal = null, bool IsLimit = false);

/// <summary>
/// Slurm as it is asked here. What its controller didn't answer is asked again, or left unknown; it is never taken for an answer.
/// </summary>
/// <param name="options">What is asked of it.</param>
/// <param name="tell">Takes a sentence for each thing that the user should know.</param>
/// <param name="run">Runs a command; null for the real ones.</param>
internal sealed class SlurmClient(
    SlurmOptions options,
    Action<string> tell,
    Func<string, IReadOnlyList<string>, SlurmAnswer>? run = null
)
{
    private const int MostTries = 20;

    private readonly Func<string, IReadOnlyList<string>, SlurmAnswer> run = run ?? SlurmProcess.Run;
    private bool isSilent;
    private SlurmLimits? limits;

    /// <summary>How long to wait before asking again a controller that didn't answer.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The cluster's limits; Slurm's defaults while it doesn't tell.</summary>
    public SlurmLimits Limits
    {
        get
        {
            if (limits is not null)
                return limits;
            var answer = run("scontrol", SlurmCommand.Limits);
            var read = SlurmCommand.ParseLimits(answer.Output);
            if (answer.IsSuccess)
                limits = read;
            return read;
        }
    }

    /// <summary>How many tasks could run at once, were no one else there; null where that isn't told.</summary>
    public int? Slots()
    {
        var answer = run("sinfo", SlurmCommand.Cpus(options.Partition));
        var cpus = answer.IsSuccess ? SlurmCommand.ParseCpus(answer.Output, options.Partition) : null;
        return cpus is { } count
            ? Math.Max(1, Math.Min(count / (options.Cpus ?? 1), options.MaxTasks ?? int.MaxValue))
            : null;
    }

    /// <summary>Submits a job.</summary>
    /// <param name="folder">Its files.</param>
    /// <param name="tasks">The number of its tasks.</param>
    /// <param name="cancellation">Ends waiting for a controller.</param>
    /// <exception cref="PipelineException">The controller doesn't answer: the job may be accepted or not.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; so may it then.</exception>
    public Submitted Submit(JobFolder folder, int tasks, CancellationToken cancellation)
    {
        var arguments = SlurmCommand.Submit(options, folder.Name, folder.Path, tasks);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var answer = run("sbatch", arguments);
            if (answer.IsSuccess && SlurmCommand.ParseSubmitted(answer.Output) is { } id)
                return new(id);
            if (answer is { IsSuccess: false, IsUnknown: false })
                return new(null, answer.Sentence, answer.IsLimit);
            if (tries == 0)
                tell($"slurm: the controller doesn't answer ({answer.Sentence}); asking again");
            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
            // It may have been accepted all the same: the name tells.
            if (QueueForSure([folder.Name], cancellation) is [{ Id: var found }, ..])
                return new(found);
        }
        throw new PipelineException(
            $"Slurm's controller doesn't accept jobs: give the command again once it does, as sbatch {string.Join(' ', arguments)} tells."
        );
    }

    /// <summary>What to say of a job that is refused.</summary>
    public static PipelineException Refused(string refusal) =>
        new(
            $"Slurm refuses the job: {refusal.TrimEnd('.')}. Change --slurm-partition, --slurm-time, --slurm-cpus, --slurm-gres, --slurm-account or --slurm-extra."
        );

    /// <summary>The tasks of jobs that Slurm knows; null where its controller doesn't answer, so that nothing is known.</summary>
    /// <param name="names">The jobs' names.</param>
    public IReadOnlyList<QueuedTask>? Queue(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return [];
        var answer = run("squeue", SlurmCommand.Queue(names));
        if (answer.IsSuccess)
        {
            if (isSilent)
                tell("slurm: squeue answers again");
            isSilent = false;
            return SlurmCommand.ParseQueue(answer.Output);
        }
        if (!isSilent)
            tell($"slurm: squeue fails ({answer.Sentence}): how jobs are is unknown; asking again");
        isSilent = true;
        return null;
    }

    /// <summary>As <see cref="Queue"/>, asked until the controller answers.</summary>
    /// <exception cref="PipelineException">It doesn't.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<QueuedTask> QueueForSure(IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (Queue(names) is { } tasks)
                return tasks;
            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }
        throw new PipelineException(
            "Slurm's controller doesn't answer, so that it isn't known which runs it has already: give the command again once squeue works."
        );
    }

    /// <summary>Cancels all tasks of a job.</summary>
    public void Cancel(string name)
    {
        if (run("scancel", SlurmCommand.Cancel(name)) is { IsSuccess: false } answer)
            tell($"slurm: {name} can't be cancelled ({answer.Sentence}): scancel --name={name}");
    }
}
