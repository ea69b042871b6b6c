using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Networks;
using Pipeline.Train.Tests;

namespace Pipeline.Executors.Tests;

public sealed class LocalExecutorTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(12, 1)]
    [InlineData(40, 7)]
    public void Every_run_ends_once_with_what_it_would_find_alone(int count, int jobs)
    {
        var tasks = Tasks(count);

        var ended = new LocalExecutor(jobs, Backend.Managed).Run(tasks, CancellationToken.None).ToList();

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
    public void One_job_takes_runs_in_their_order() =>
        Assert.Equal(
            Enumerable.Range(0, 9),
            new LocalExecutor(1, Backend.Managed).Run(Tasks(9), CancellationToken.None).Select(run => run.Index)
        );

    [Fact]
    public void A_run_that_fails_has_its_error_and_the_others_go_on()
    {
        var tasks = Tasks(6);
        tasks[2] = Task(Spec.With(("batch_size", Scalar.Of(1000L))));

        var ended = new LocalExecutor(2, Backend.Managed).Run(tasks, CancellationToken.None).ToList();

        Assert.Equal(6, ended.Count);
        Assert.StartsWith(
            "batch_size is 1000",
            Assert.Single(ended, run => run.Error is not null).Error!.Message,
            StringComparison.Ordinal
        );
        Assert.Null(ended.Single(run => run.Index == 2).Result);
    }

    [Fact]
    public void Who_stops_enumerating_stops_the_runs()
    {
        var tasks = Tasks(2);
        tasks[1] = Task(Spec.With(("epochs", Scalar.Of(1_000_000L))));

        // Leaving the loop waits for the threads, of which one would train for hours.
        foreach (var run in new LocalExecutor(2, Backend.Managed).Run(tasks, CancellationToken.None))
        {
            Assert.Equal(0, run.Index);
            break;
        }
    }

    [Fact]
    public void Cancellation_is_told_after_the_runs_that_had_ended()
    {
        using var source = new CancellationTokenSource();
        var tasks = Tasks(4);
        tasks[3] = Task(Spec.With(("epochs", Scalar.Of(1_000_000L))));
        var ended = new List<int>();

        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var run in new LocalExecutor(1, Backend.Managed).Run(tasks, source.Token))
            {
                ended.Add(run.Index);
                if (run.Index == 2)
                    source.Cancel();
            }
        });

        Assert.Equal([0, 1, 2], ended);
    }

    [Fact]
    public void What_another_command_stores_is_not_trained()
    {
        var (tasks, folder) = (Tasks(6), Directory.CreateTempSubdirectory("shared-").FullName);
        try
        {
            var (told, here, there) = (new List<string>(), Cache(folder, []), Cache(folder, []));
            using var stored = new ManualResetEventSlim();
            var ours = new DirectoryCache(
                folder,
                line =>
                {
                    told.Add(line);
                    stored.Set();
                },
                TimeProvider.System
            );
            using var claims = there.Claim()!;
            claims.Take([tasks[0].Key.Digest, tasks[3].Key.Digest]);
            Store(here, tasks[4]);
            var other = new Thread(() =>
            {
                stored.Wait();
                Store(there, tasks[3]);
                claims.Dispose();
            });
            other.Start();

            var ended = new Dictionary<int, EndedRun>();
            foreach (var run in new LocalExecutor(2, Backend.Managed, ours).Run(tasks, CancellationToken.None))
                ended.Add(run.Index, run);
            other.Join();

            // 3 and 4 were stored by others; 0 was given back untrained.
            Assert.Equal(6, ended.Count);
            Assert.Equal(
                [3, 4],
                ended.Values.Where(run => run is { Result: null, Error: null }).Select(run => run.Index).Order()
            );
            Assert.Equal(
                $"train: waiting for 2 runs that another command trains ({Environment.MachineName} {Environment.ProcessId})",
                Assert.Single(told)
            );
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "claims")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_equal_runs_one_is_trained_and_where_it_fails_each_says_so(int jobs)
    {
        var (tasks, folder) = (Tasks(3), Directory.CreateTempSubdirectory("shared-").FullName);
        var failing = Task(Spec.With(("batch_size", Scalar.Of(1000L))));
        tasks = [tasks[0], failing, .. tasks, failing, tasks[0]];
        try
        {
            var (told, ended) = (new List<string>(), new List<EndedRun>());
            var ours = Cache(folder, told);
            foreach (var run in new LocalExecutor(jobs, Backend.Managed, ours).Run(tasks, CancellationToken.None))
            {
                ended.Add(run);
                if (run.Result is not null)
                    Store(ours, tasks[run.Index]);
            }

            Assert.Equal(Enumerable.Range(0, 7), ended.Select(run => run.Index).Order());
            Assert.Equal([0, 3, 4], ended.Where(run => run.Result is not null).Select(run => run.Index).Order());
            Assert.Equal([1, 5], ended.Where(run => run.Error is not null).Select(run => run.Index).Order());
            Assert.Empty(told);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Who_is_interrupted_while_waiting_for_another_command_ends()
    {
        var (tasks, folder) = (Tasks(2), Directory.CreateTempSubdirectory("shared-").FullName);
        try
        {
            using var claims = Cache(folder, []).Claim()!;
            claims.Take([tasks[0].Key.Digest, tasks[1].Key.Digest]);
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            Assert.Throws<OperationCanceledException>(() =>
                new LocalExecutor(2, Backend.Managed, Cache(folder, [])).Run(tasks, source.Token).ToList()
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static DirectoryCache Cache(string folder, List<string> told) => new(folder, told.Add, TimeProvider.System);

    private static void Store(DirectoryCache cache, RunTask task) =>
        cache.Put(task.Key, [new("data", cache.Put("result"u8))]);

    private RunTask[] Tasks(int count) =>
        [.. Enumerable.Range(0, count).Select(seed => Task(Spec.With(("seed", Scalar.Of((long)seed)))))];

    private RunTask Task(Parameters parameters) =>
        new(new StageKey("train", parameters, KeyPart.Empty, KeyPart.Empty), parameters, clusters.File, "managed");
}
