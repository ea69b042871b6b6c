using System.Diagnostics;
using System.Reflection;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Caching.Remote;
using Pipeline.Executors;
using Pipeline.Executors.Slurm;
using Pipeline.Executors.Workers;
using Pipeline.Stages.Train;

namespace Pipeline.Worker;

/// <summary>A task of a job array: it trains the runs of its pack, stores their results in the cache, and tells how far it is.</summary>
/// <param name="folder">The files of the job.</param>
/// <param name="place">Which task it is, and where.</param>
/// <param name="log">Takes a line for each thing that goes wrong.</param>
/// <param name="stop">Ends it early; runs in training keep checkpoints.</param>
internal sealed class PackSession(JobFolder folder, TaskPlace place, TextWriter log, CancellationToken stop)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly List<int> done = [];
    private readonly List<FailedOfPack> failed = [];
    private int threads = place.Cpus;
    private int trained;
    private bool isNews;
    private string? unread;

    /// <summary>Who trains the runs; null for who the job's description names.</summary>
    internal IExecutor? Executor { get; init; }

    /// <summary>Trains the runs.</summary>
    /// <returns>The exit code of the process: 0 where it went through all of them.</returns>
    public int Run()
    {
        try
        {
            var (description, pack) = (folder.ReadDescription(), folder.ReadPack(place.Task));
            threads = Math.Clamp(pack.Threads ?? place.Cpus, 1, place.Cpus);
            var remote = description.Remote is { } address
                ? RemoteAddress.Parse(address, isReadOnly: false, Environment.GetEnvironmentVariable)
                : null;
            var cache = DirectoryCache.Open(description.Cache, scratch: null, remote, log.WriteLine, stop);
            var paths = pack
                .Runs.Select(run => run.Data)
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(data => data, data => PathOf(cache, data), StringComparer.Ordinal);
            var runs = pack.Tasks(description.Backend, data => paths[data]);
            return Train(Executor ?? ExecutorOf(description, cache, runs), cache, runs, description.IsForced);
        }
        catch (PipelineException e)
        {
            log.WriteLine(e.Message);
            Tell(AttemptState.Refused, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.WriteLine(e);
            Tell(AttemptState.Stopped, e.Message);
        }
        catch (OperationCanceledException)
        {
            Tell(AttemptState.Stopped);
        }
        return 1;
    }

    private int Train(IExecutor executor, DirectoryCache cache, IReadOnlyList<RunTask> runs, bool isForced)
    {
        // A task that is begun again finds what it did before.
        if (!isForced)
            done.AddRange(Enumerable.Range(0, runs.Count).Where(run => cache.Holds(runs[run].Key)));
        int[] left = [.. Enumerable.Range(0, runs.Count).Except(done)];
        Tell(AttemptState.Running);
        using (new Timer(_ => TellNews(), null, Pause, Pause))
        {
            foreach (var ended in executor.Run([.. left.Select(run => runs[run])], stop))
            {
                if (ended.Result is { } result)
                    cache.Put(
                        runs[left[ended.Index]].Key,
                        [new(DirectoryCache.OnlyOutput, cache.Put(ArtifactEncoding.Encode(result)))]
                    );
                Note(left[ended.Index], ended);
            }
        }
        cache.Finish();
        Tell(unread is null ? AttemptState.Ended : AttemptState.Stopped, unread);
        return 0;
    }

    private void Note(int run, EndedRun ended)
    {
        lock (gate)
        {
            isNews = true;
            switch (ended.Error)
            {
                // On another node it may be read.
                case IOException error:
                    log.WriteLine(error);
                    unread = error.Message;
                    break;
                case { } error:
                    log.WriteLine(error);
                    failed.Add(new(run, error.Message));
                    break;
                default:
                    done.Add(run);
                    trained += ended.Result is null ? 0 : 1;
                    break;
            }
        }
    }

    private void TellNews()
    {
        // A timer that is disposed may be at it still: it must not take the place of the last word.
        lock (gate)
        {
            if (isNews)
                Tell(AttemptState.Running);
        }
    }

    // What can't be told is told by what the cache holds.
    private void Tell(AttemptState state, string? sentence = null)
    {
        lock (gate)
        {
            isNews = false;
            var attempt = new Attempt
            {
                Node = place.Node,
                Threads = threads,
                State = state,
                Sentence = sentence,
                Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds,
                Done = done,
                Trained = trained,
                Failed = failed,
            };
            try
            {
                folder.WriteAttempt(place.Task, place.Attempt, attempt);
            }
            catch (IOException e)
            {
                log.WriteLine(e.Message);
            }
        }
    }

    private string PathOf(DirectoryCache cache, string data) =>
        cache.TryOpenPath(data)
        ?? throw new PipelineException(
            $"The prepared data {data} are not in {cache.Folder} as {place.Node} sees it: give the command again, which prepares what is missing; is the folder on a file system that all nodes share?"
        );

    private IExecutor ExecutorOf(JobDescription description, DirectoryCache cache, IReadOnlyList<RunTask> runs)
    {
        var every = TimeSpan.FromSeconds(description.CheckpointSeconds);
        if (description.Backend != TorchWorkers.Name)
        {
            RequireSameCode(runs, KeyPart.Empty);
            return new LocalExecutor(
                threads,
                Backends.Of(description.Backend, "cpu"),
                description.IsForced ? null : cache,
                every,
                isAlone: true
            );
        }
        var program = Assembly.GetExecutingAssembly().Location;
        var devices = TorchDevices.Of(description.Device, description.Devices);
        RequireSameCode(runs, TorchWorkers.DependsOnOf(Path.GetDirectoryName(program)!, devices));
        return new WorkerExecutor(
            new(program, description.Backend, devices.Names),
            threads,
            description.IsForced ? null : cache,
            every,
            isAlone: true
        );
    }

    // A result is stored under a key that names the code that made it.
    private void RequireSameCode(IReadOnlyList<RunTask> runs, KeyPart dependsOn)
    {
        var here = CodeComponents.Of(typeof(Trainer).GetTypeInfo().Assembly);
        var core = here.With().Entries;
        foreach (var key in runs.Select(run => run.Key).DistinctBy(key => (key.Code.Json, key.Backend.Json)))
        {
            string[] operations = [.. key.Code.Entries.Keys.Where(name => !core.ContainsKey(name))];
            if (CodeOf(operations) != key.Code.Json)
                throw new PipelineException(
                    "The program was built anew since the job was submitted: cancel the job, and submit its runs again."
                );
            if (dependsOn.Json != key.Backend.Json)
                throw new PipelineException(
                    $"Results of {place.Node} depend on {dependsOn.Json}, but {key.Backend.Json} was asked for: choose nodes of that kind with --slurm-partition or --slurm-extra=--constraint=<feature>."
                );
        }

        string? CodeOf(string[] operations)
        {
            try
            {
                return here.With(operations).Json;
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }
}
