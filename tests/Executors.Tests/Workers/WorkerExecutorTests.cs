using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors.Workers;
using Pipeline.Train.Tests;

namespace Pipeline.Executors.Tests.Workers;

public sealed class WorkerExecutorTests : IDisposable
{
    private static readonly WorkerProgram Program = new(
        Path.Combine(AppContext.BaseDirectory, "Pipeline.Worker.dll"),
        "managed",
        ["cpu"]
    );

    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(7, 3)]
    public void Every_run_ends_once_with_the_bytes_that_it_has_in_this_process(int count, int jobs)
    {
        var tasks = Tasks(count);

        var ended = new WorkerExecutor(Program, jobs).Run(tasks, CancellationToken.None).ToList();

        Assert.Equal(Enumerable.Range(0, count), ended.Select(run => run.Index).Order());
        Assert.All(
            ended,
            run =>
                Assert.Equal(
                    ArtifactEncoding.Encode(clusters.Run(("seed", Scalar.Of((long)run.Index)))),
                    ArtifactEncoding.Encode(run.Result!)
                )
        );
    }

    [Fact]
    public void A_run_that_fails_has_its_sentence_and_the_others_go_on()
    {
        var tasks = Tasks(3);
        tasks[1] = Task(("batch_size", Scalar.Of(1000L)));

        var ended = new WorkerExecutor(Program, 1).Run(tasks, CancellationToken.None).ToList();

        Assert.Equal([0, 1, 2], ended.Select(run => run.Index));
        Assert.StartsWith("batch_size is 1000", ended[1].Error!.Message, StringComparison.Ordinal);
        Assert.All([ended[0], ended[2]], run => Assert.NotNull(run.Result));
    }

    [Fact]
    public void A_worker_that_is_killed_takes_its_run_along_and_no_other()
    {
        var tasks = Tasks(3);
        tasks[1] = Task(("epochs", Scalar.Of(1_000_000L)));
        var ended = new List<EndedRun>();

        foreach (var run in new WorkerExecutor(Program, 1).Run(tasks, CancellationToken.None))
        {
            ended.Add(run);
            if (run.Index == 0)
                Assert.Single(Workers()).Kill();
        }

        Assert.Equal([0, 1, 2], ended.Select(run => run.Index));
        Assert.StartsWith("its worker process ended with exit code", ended[1].Error!.Message, StringComparison.Ordinal);
        Assert.NotNull(ended[2].Result);
    }

    [Fact]
    public void A_run_whose_progress_can_not_be_told_fails_and_gives_no_other_its_result()
    {
        RunTask[] tasks = [Task(("epochs", Scalar.Of(40_000L))), Task()];

        var ended = new WorkerExecutor(Program, 1)
            .Run(
                tasks,
                CancellationToken.None,
                at =>
                {
                    if (at.Index == 0)
                        throw new IOException("The disk is full.");
                }
            )
            .ToList();

        Assert.Equal("The disk is full.", ended[0].Error!.Message);
        Assert.Equal(ArtifactEncoding.Encode(clusters.Run()), ArtifactEncoding.Encode(ended[1].Result!));
    }

    [Fact]
    public void Cancellation_ends_the_workers_in_the_middle_of_a_run()
    {
        using var source = new CancellationTokenSource();
        var tasks = Tasks(2);
        tasks[1] = Task(("epochs", Scalar.Of(1_000_000L)));
        var ended = new List<int>();

        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var run in new WorkerExecutor(Program, 2).Run(tasks, source.Token))
            {
                ended.Add(run.Index);
                source.Cancel();
            }
        });

        Assert.Equal([0], ended);
        Assert.Empty(Workers());
    }

    [Fact]
    public void A_run_goes_on_where_a_cancelled_worker_was()
    {
        var folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;
        try
        {
            var cache = new DirectoryCache(folder, _ => { }, TimeProvider.System);
            var task = Task(("epochs", Scalar.Of(40_000L)));
            using var source = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() =>
                new WorkerExecutor(Program, 1, cache, TimeSpan.Zero)
                    .Run([task], source.Token, _ => source.Cancel())
                    .ToList()
            );
            Assert.Empty(Workers());
            var checkpoint = Assert.Single(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
            var kept = int.Parse(
                Regex
                    .Match(
                        File.ReadAllText(checkpoint),
                        "\"Epoch\":(?<epoch>[0-9]+)",
                        RegexOptions.ExplicitCapture,
                        TimeSpan.FromSeconds(10)
                    )
                    .Groups["epoch"]
                    .Value,
                CultureInfo.InvariantCulture
            );

            var rest = new List<RunningRun>();
            var ended = Assert.Single(
                new WorkerExecutor(Program, 1, cache).Run([task], CancellationToken.None, rest.Add)
            );

            Assert.Equal(
                ArtifactEncoding.Encode(clusters.Run(("epochs", Scalar.Of(40_000L)))),
                ArtifactEncoding.Encode(ended.Result!)
            );
            Assert.All(rest, at => Assert.InRange(at.Epoch, kept, 40_000));
            Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Who_stops_enumerating_ends_the_workers()
    {
        var tasks = Tasks(2);
        tasks[1] = Task(("epochs", Scalar.Of(1_000_000L)));

        foreach (var _ in new WorkerExecutor(Program, 2).Run(tasks, CancellationToken.None))
            break;

        Assert.Empty(Workers());
    }

    [Fact]
    public void A_worker_that_cannot_train_here_says_why()
    {
        var program = Program with { Backend = "torch", Devices = ["cuda:0"] };

        var refusal = Assert.Throws<PipelineException>(() =>
            new WorkerExecutor(program, 2).Run(Tasks(2), CancellationToken.None).ToList()
        );

        Assert.Equal("This worker has no backend torch on cuda:0: build it with that backend.", refusal.Message);
    }

    // The children of this process that are workers.
    private static List<Process> Workers() =>
        [
            .. Process
                .GetProcessesByName("dotnet")
                .Where(process =>
                {
                    try
                    {
                        return File.ReadAllText($"/proc/{process.Id}/cmdline")
                                .Contains("Pipeline.Worker.dll", StringComparison.Ordinal)
                            && File.ReadAllLines($"/proc/{process.Id}/status")
                                .Contains($"PPid:\t{Environment.ProcessId}");
                    }
                    catch (IOException)
                    {
                        return false;
                    }
                }),
        ];

    private RunTask[] Tasks(int count) =>
        [.. Enumerable.Range(0, count).Select(seed => Task(("seed", Scalar.Of((long)seed))))];

    private RunTask Task(params (string Key, Scalar Value)[] changes)
    {
        var parameters = Spec.With(changes);
        return new(
            new StageKey("train", parameters, KeyPart.Empty, KeyPart.Empty),
            parameters,
            clusters.File,
            "managed"
        );
    }
}
