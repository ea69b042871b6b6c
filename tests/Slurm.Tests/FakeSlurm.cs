using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors;
using Pipeline.Executors.Slurm;
using Pipeline.Networks;
using Pipeline.Stages.Train;
using Pipeline.Train.Tests;

namespace Pipeline.Slurm.Tests;

/// <summary>
/// Slurm's commands on a cluster that is played: a task gets on when squeue asks for it, by what a test has it do, which gives its state.
/// </summary>
internal sealed class FakeSlurm(DirectoryCache cache, Clusters clusters)
{
    private const int Endless = 1000;

    private readonly List<PlayedTask> tasks = [];
    private int jobs;

    /// <summary>The commands that were given.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What a task does when it is asked for: gives its state, or null where Slurm has forgotten it.</summary>
    public Func<PlayedTask, string?> Plays { get; set; } = task => task.TrainAll();

    /// <summary>Answers a command instead; null for what it is answered else.</summary>
    public Func<string, SlurmAnswer?> Instead { get; set; } = _ => null;

    public int MaxArraySize { get; set; } = 1001;

    /// <summary>How often something was submitted, with success or without.</summary>
    public int Submissions => Asked.Count(command => command.StartsWith("sbatch ", StringComparison.Ordinal));

    /// <summary>The tasks of all jobs.</summary>
    public IReadOnlyList<PlayedTask> Tasks => tasks;

    public SlurmAnswer Run(string command, IReadOnlyList<string> arguments)
    {
        if (Asked.Count == Endless)
            throw new InvalidOperationException("It goes on forever.");
        Asked.Add($"{command} {string.Join(' ', arguments)}");
        return Instead(command)
            ?? command switch
            {
                "sbatch" => Answer($"{Accept(new JobFolder(Of("--chdir=")), Of("--array=0-"))}\n"),
                "squeue" => Answer(Queue(Of("--name=").Split(','))),
                "sinfo" => Answer("main*|0/2/0/2\n"),
                "scontrol" => Answer($"MaxArraySize            = {MaxArraySize}\n"),
                _ => Answer(""),
            };

        string Of(string start) =>
            arguments.First(argument => argument.StartsWith(start, StringComparison.Ordinal))[start.Length..];
    }

    /// <summary>A command that fails.</summary>
    public static SlurmAnswer Failure(string error) => new(1, "", error);

    /// <summary>A command that succeeds.</summary>
    public static SlurmAnswer Answer(string output) => new(0, output, "");

    /// <summary>Accepts a job whose files are written.</summary>
    public void Accept(JobFolder folder) => Accept(folder, $"{Math.Max(1, folder.ReadKeys().Count) - 1}");

    /// <summary>Stores what a run of the clusters finds; one that would take long is trained for less.</summary>
    public void Store(RunTask task)
    {
        var result =
            task.Parameters["epochs"].ToDouble() > 1000
                ? clusters.Run(("seed", task.Parameters["seed"]))
                : Trainer.Run(task.Parameters, clusters.Data, Backend.Managed, CancellationToken.None);
        cache.Put(task.Key, [new(DirectoryCache.OnlyOutput, cache.Put(ArtifactEncoding.Encode(result)))]);
    }

    private int Accept(JobFolder folder, string last)
    {
        jobs++;
        var count = int.Parse(last.Split('%')[0], null) + 1;
        tasks.AddRange(Enumerable.Range(0, count).Select(number => new PlayedTask(this, jobs, folder, number)));
        return jobs;
    }

    private string Queue(string[] names)
    {
        // What a task does may be that another command submits some.
        foreach (var task in tasks.Where(task => names.Contains(task.Folder.Name) && !task.HasEnded).ToArray())
            task.Play(Plays);
        return string.Concat(
            tasks
                .Where(task => names.Contains(task.Folder.Name) && task.State is not null)
                .Select(task => $"{task.Job}_{task.Number}|{task.State}|None|{Given.Node}|{task.Folder.Name}\n")
        );
    }
}

/// <summary>A task of the played cluster.</summary>
internal sealed class PlayedTask(FakeSlurm slurm, int job, JobFolder folder, int number)
{
    private RunPack? pack;

    /// <summary>The id of its job: 1 for the first.</summary>
    public int Job => job;

    public JobFolder Folder => folder;

    public int Number => number;

    /// <summary>How often it was asked for before.</summary>
    public int Looks { get; private set; } = -1;

    public string? State { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>What it is to train.</summary>
    public RunPack Pack => pack ??= folder.ReadPack(number);

    /// <summary>Trains all runs, stores their results and tells so.</summary>
    public string TrainAll()
    {
        int[] all = [.. Enumerable.Range(0, Pack.Runs.Count)];
        Store(all);
        Tell(Given.Attempt(AttemptState.Ended, trained: all.Length, done: all));
        return "COMPLETED";
    }

    /// <summary>Trains some runs, and tells so, or that it is at the others.</summary>
    public void Train(AttemptState state, params int[] runs)
    {
        Store(runs);
        Tell(Given.Attempt(state, trained: runs.Length, done: runs));
    }

    /// <summary>Trains some runs and stores their results, of which it tells nothing.</summary>
    public void Store(params int[] runs)
    {
        var tasks = Pack.Tasks("managed", data => data);
        foreach (var run in runs)
            slurm.Store(tasks[run]);
    }

    /// <summary>Tells how far it is.</summary>
    public void Tell(Attempt attempt) => folder.WriteAttempt(number, 0, attempt);

    internal void Play(Func<PlayedTask, string?> play)
    {
        Looks++;
        State = play(this);
        HasEnded = State is null || new QueuedTask("", "", 0, State, "", "").HasEnded;
    }
}
