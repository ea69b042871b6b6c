using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors;
using Pipeline.Executors.Slurm;
using Pipeline.Stages.Train;
using Pipeline.Train.Tests;

namespace Pipeline.Worker.Tests;

public sealed class PackSessionTests : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly KeyPart Code = CodeComponents.Of(typeof(Trainer).GetTypeInfo().Assembly).With();

    private readonly Clusters clusters = new();
    private readonly string folder = Directory.CreateTempSubdirectory("pack-").FullName;
    private readonly StringWriter log = new();
    private readonly DirectoryCache cache;
    private readonly string data;

    public PackSessionTests()
    {
        cache = new(Path.Combine(folder, "cache"), _ => { }, TimeProvider.System);
        data = cache.Put(File.ReadAllBytes(clusters.File)).Digest;
    }

    public void Dispose()
    {
        log.Dispose();
        clusters.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_runs_of_a_pack_are_stored_under_their_keys_with_what_they_would_find_elsewhere()
    {
        var tasks = Tasks(3);

        var (code, attempt) = Run(tasks);

        Assert.Equal(0, code);
        Assert.Equal("", log.ToString());
        Assert.All(tasks.Index(), task => Assert.Equal(Here(task.Index), Stored(task.Item)));
        Assert.Equal(AttemptState.Ended, attempt.State);
        Assert.Equal([0, 1, 2], attempt.Done.Order());
        Assert.Equal(3, attempt.Trained);
        Assert.Empty(attempt.Failed);
        Assert.Null(attempt.Sentence);
    }

    [Fact]
    public void An_attempt_tells_its_node_and_stands_under_its_task_and_number()
    {
        var task = Tasks(1)[0];
        Write([task], taskNumber: 5);

        new PackSession(new(folder), new(Task: 5, Attempt: 2, "node7", Cpus: 1), log, CancellationToken.None).Run();

        Assert.Equal("node7", Attempt("5.2").Node);
        Assert.True(cache.Holds(task.Key));
    }

    [Fact]
    public void What_the_cache_holds_is_not_trained_again()
    {
        var tasks = Tasks(3);
        var other = StoreOther(tasks[1]);

        var (code, attempt) = Run(tasks);

        Assert.Equal(0, code);
        Assert.Equal(other, Stored(tasks[1]));
        Assert.Equal(Here(2), Stored(tasks[2]));
        Assert.Equal([0, 1, 2], attempt.Done.Order());
        Assert.Equal(2, attempt.Trained);
    }

    [Fact]
    public void What_is_forced_is_trained_though_the_cache_holds_it()
    {
        var tasks = Tasks(2);
        StoreOther(tasks[1]);

        var (_, attempt) = Run(tasks, isForced: true);

        Assert.Equal(Here(1), Stored(tasks[1]));
        Assert.Equal(2, attempt.Trained);
    }

    [Fact]
    public void A_run_that_fails_is_told_and_the_others_go_on()
    {
        RunTask[] tasks = [Task(("batch_size", Scalar.Of(1000L))), .. Tasks(2)];

        var (code, attempt) = Run(tasks);

        Assert.Equal(0, code);
        Assert.Equal(AttemptState.Ended, attempt.State);
        Assert.Equal([1, 2], attempt.Done.Order());
        var failed = Assert.Single(attempt.Failed);
        Assert.Equal(0, failed.Run);
        Assert.StartsWith("batch_size is 1000", failed.Sentence, StringComparison.Ordinal);
        Assert.Contains("batch_size is 1000", log.ToString(), StringComparison.Ordinal);
        Assert.False(cache.Holds(tasks[0].Key));
    }

    [Fact]
    public void A_run_whose_files_can_not_be_read_has_not_failed_but_is_left()
    {
        var tasks = Tasks(3);
        Write(tasks);
        EndedRun[] ended =
        [
            new(0, clusters.Run(), null),
            new(1, null, new IOException("The disk is away.")),
            new(2, null, new PipelineException("It can't.")),
        ];

        var code = new PackSession(new(folder), Place(), log, CancellationToken.None)
        {
            Executor = new Played(ended),
        }.Run();

        Assert.Equal(0, code);
        Assert.Equal((AttemptState.Stopped, "The disk is away."), (Attempt().State, Attempt().Sentence));
        Assert.Equal([0], Attempt().Done);
        Assert.Equal([new(2, "It can't.")], Attempt().Failed);
        Assert.Contains("The disk is away.", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_is_told_to_stop_says_so()
    {
        Write(Tasks(2));

        var code = new PackSession(new(folder), Place(), log, new(canceled: true)).Run();

        Assert.Equal(1, code);
        Assert.Equal(AttemptState.Stopped, Attempt().State);
        Assert.Empty(Attempt().Done);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 2)]
    public void As_many_runs_train_at_once_as_the_task_has_CPUs_or_as_the_pack_allows(int? threads, int expected)
    {
        Write(Tasks(1), threads: threads);

        new PackSession(new(folder), Place(cpus: 2), log, CancellationToken.None).Run();

        Assert.Equal(expected, Attempt().Threads);
    }

    [Fact]
    public void Data_that_the_node_does_not_see_are_refused()
    {
        var missing = Digest.Of("missing");

        AssertRefused(
            $"The prepared data {missing} are not in {cache.Folder} as node1 sees it: give the command again, "
                + "which prepares what is missing; is the folder on a file system that all nodes share?",
            Run([Task(Code, KeyPart.Empty, missing)])
        );
    }

    [Fact]
    public void Runs_of_other_code_are_refused() =>
        AssertRefused(
            "The program was built anew since the job was submitted: cancel the job, and submit its runs again.",
            Run([Task(Part("Pipeline.Train", "other"), KeyPart.Empty, data)])
        );

    [Fact]
    public void Runs_of_operations_that_are_not_here_are_refused() =>
        AssertRefused(
            "The program was built anew since the job was submitted: cancel the job, and submit its runs again.",
            Run([Task(KeyPart.Of(Code.Entries.Append(new("activation/none", "1"))), KeyPart.Empty, data)])
        );

    [Fact]
    public void Runs_whose_keys_name_operations_are_trained()
    {
        var code = CodeComponents.Of(typeof(Trainer).GetTypeInfo().Assembly).With("activation/relu");

        Assert.Equal(0, Run([Task(code, KeyPart.Empty, data)]).Code);
    }

    [Fact]
    public void Runs_whose_results_depend_on_what_the_node_has_not_are_refused() =>
        AssertRefused(
            """
            Results of node1 depend on {}, but {"device":"A100"} was asked for: choose nodes of that kind with
            """ + " --slurm-partition or --slurm-extra=--constraint=<feature>.",
            Run([Task(Code, Part("device", "A100"), data)])
        );

    [Fact]
    public void A_backend_that_the_program_has_not_is_refused() =>
        AssertRefused(
            "This worker has no backend none on cpu: build it with that backend.",
            Run(Tasks(1), backend: "none")
        );

    [Fact]
    public void A_pack_of_another_version_is_refused()
    {
        var pack = RunPack.Of(Tasks(1));
        var other = Digest.Of("other");
        Write(pack with { Runs = [pack.Runs[0] with { Key = other }] });

        AssertRefused($"The run {other} was packed by another version: submit it again.", Run());
    }

    [Theory]
    [InlineData("job.json")]
    [InlineData("packs/0.json")]
    public void A_folder_that_can_not_be_read_is_told_of(string file)
    {
        Write(Tasks(1));
        File.WriteAllText(Path.Combine(folder, file), "{");

        var (code, attempt) = Run();

        Assert.Equal(1, code);
        Assert.Equal(AttemptState.Refused, attempt.State);
        Assert.StartsWith(
            $"{Path.Combine(folder, file)} can't be read on {Environment.MachineName} (",
            attempt.Sentence,
            StringComparison.Ordinal
        );
    }

    private void AssertRefused(string sentence, (int Code, Attempt Attempt) run)
    {
        Assert.Equal(1, run.Code);
        Assert.Equal(AttemptState.Refused, run.Attempt.State);
        Assert.Equal(sentence, run.Attempt.Sentence);
        Assert.Equal(sentence, log.ToString().TrimEnd());
    }

    private (int Code, Attempt Attempt) Run(RunTask[] tasks, bool isForced = false, string backend = "managed")
    {
        Write(tasks, isForced: isForced, backend: backend);
        return Run();
    }

    private (int Code, Attempt Attempt) Run() =>
        (new PackSession(new(folder), Place(), log, CancellationToken.None).Run(), Attempt());

    private void Write(
        RunTask[] tasks,
        int? threads = null,
        int taskNumber = 0,
        bool isForced = false,
        string backend = "managed"
    ) => Write(RunPack.Of(tasks, threads), taskNumber, isForced, backend);

    private void Write(RunPack pack, int taskNumber = 0, bool isForced = false, string backend = "managed")
    {
        var description = new JobDescription(cache.Folder, null, backend, null, null, 30, isForced);
        Directory.CreateDirectory(Path.Combine(folder, "packs"));
        File.WriteAllBytes(Path.Combine(folder, "job.json"), JsonSerializer.SerializeToUtf8Bytes(description, Json));
        File.WriteAllBytes(
            Path.Combine(folder, "packs", $"{taskNumber}.json"),
            JsonSerializer.SerializeToUtf8Bytes(pack, Json)
        );
    }

    private Attempt Attempt(string name = "0.0") =>
        JsonSerializer.Deserialize<Attempt>(File.ReadAllBytes(Path.Combine(folder, "attempts", $"{name}.json")), Json)!;

    private static TaskPlace Place(int cpus = 2) => new(Task: 0, Attempt: 0, "node1", cpus);

    private RunTask[] Tasks(int count) =>
        [.. Enumerable.Range(0, count).Select(seed => Task(("seed", Scalar.Of((long)seed))))];

    private RunTask Task(params (string Key, Scalar Value)[] changes) => Task(Code, KeyPart.Empty, data, changes);

    private static RunTask Task(KeyPart code, KeyPart backend, string data, params (string Key, Scalar Value)[] changes)
    {
        var parameters = Spec.With(changes);
        return new(new StageKey("train", parameters, Part("data", data), code, backend), parameters, "", "managed");
    }

    private static KeyPart Part(string name, string value) => KeyPart.Of([KeyValuePair.Create(name, value)]);

    private byte[] Here(int seed) => ArtifactEncoding.Encode(clusters.Run(("seed", Scalar.Of((long)seed))));

    private byte[] Stored(RunTask task) =>
        cache.TryGet(task.Key.Digest, out var manifest, out _)
            ? cache.TryRead(manifest.Outputs[DirectoryCache.OnlyOutput].Digest)!
            : [];

    private byte[] StoreOther(RunTask task)
    {
        var other = ArtifactEncoding.Encode(clusters.Run(("seed", Scalar.Of(99L))));
        cache.Put(task.Key, [new(DirectoryCache.OnlyOutput, cache.Put(other))]);
        return other;
    }

    /// <summary>Runs that end as a test has it.</summary>
    private sealed class Played(EndedRun[] ended) : IExecutor
    {
        public IEnumerable<EndedRun> Run(
            IReadOnlyList<RunTask> tasks,
            CancellationToken cancellation,
            Action<RunningRun>? progress = null
        ) => ended;
    }
}
