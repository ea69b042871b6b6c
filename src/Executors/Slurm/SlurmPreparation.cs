using Pipeline.Artifacts;

namespace Pipeline.Executors.Slurm;

/// <summary>Has the data of studies prepared by a node before runs are submitted: a run's key names the data that it trains on.</summary>
/// <param name="command">What the node runs.</param>
/// <param name="options">What is asked of Slurm.</param>
/// <param name="cache">The cache's folder.</param>
/// <param name="tell">Takes a sentence for each thing that the user should know.</param>
public sealed class SlurmPreparation(NodeCommand command, SlurmOptions options, string cache, Action<string> tell)
{
    private readonly SlurmOptions options = options with { Gres = null, MaxTasks = null };

    /// <summary>Runs Slurm's commands; null for the real ones.</summary>
    internal Func<string, IReadOnlyList<string>, SlurmAnswer>? Slurm { get; init; }

    /// <summary>How long to wait before Slurm is asked again.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>So long data may not be seen that were prepared, on a shared file system.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Submits a job that prepares the data.</summary>
    /// <param name="arePrepared">Whether they are; where they are not seen yet it is asked again.</param>
    /// <param name="cancellation">Ends waiting, and the job.</param>
    /// <returns>Whether all that follows is left to the job: the command was to end once it is submitted.</returns>
    /// <exception cref="PipelineException">The job is refused, or ended without preparing them.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool Run(Func<bool> arePrepared, CancellationToken cancellation)
    {
        var slurm = new SlurmClient(options, tell, Slurm);
        var folder = JobFolder.New(cache);
        folder.WriteScript(command.Script(options.Dotnet));
        var (id, refusal, _) = slurm.Submit(folder, tasks: 1, cancellation);
        if (id is null)
        {
            folder.Delete();
            throw SlurmClient.Refused(refusal!);
        }
        tell($"slurm: job {id} ({folder.Name}) prepares the data{(options.Detach ? ", then submits the runs" : "")}");
        if (options.Detach)
            return true;
        var isLeft = true;
        try
        {
            Wait(slurm, folder, arePrepared, cancellation);
            isLeft = false;
        }
        finally
        {
            if (isLeft)
                slurm.Cancel(folder.Name);
            else
                folder.Delete();
        }
        return false;
    }

    private void Wait(SlurmClient slurm, JobFolder folder, Func<bool> arePrepared, CancellationToken cancellation)
    {
        var task = new WatchedTask(folder, number: 0, runs: []);
        while (true)
        {
            if (slurm.Queue([folder.Name]) is { } queued)
                task.Note(queued.Count > 0 ? queued[0] : null);
            if (task.IsGone && arePrepared())
                return;
            if (task.IsLost(Patience))
                throw new PipelineException($"The data could not be prepared: {task.Ending()}");
            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>A command of the pipeline that a node runs.</summary>
/// <param name="Program">The pipeline's program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">The folder in which it is given.</param>
/// <param name="Environment">Variables that it needs beside those of the command that submits it.</param>
public sealed record NodeCommand(
    string Program,
    IReadOnlyList<string> Arguments,
    string Folder,
    IReadOnlyDictionary<string, string> Environment
)
{
    internal string Script(string? dotnet) =>
        string.Concat([
            "#!/bin/sh\n",
            $"cd {SlurmSite.Quoted(Folder)} || exit 1\n",
            .. Environment.Select(variable => $"export {variable.Key}={SlurmSite.Quoted(variable.Value)}\n"),
            $"exec {dotnet ?? SlurmSite.Quoted(Workers.WorkerProgram.Dotnet)} {string.Join(' ', Arguments.Prepend(Program).Select(SlurmSite.Quoted))}\n",
        ]);
}
