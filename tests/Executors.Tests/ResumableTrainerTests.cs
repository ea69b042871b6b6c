using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Networks;
using Pipeline.Train.Tests;

namespace Pipeline.Executors.Tests;

public sealed class ResumableTrainerTests : IDisposable
{
    private const int StepsOfEpoch = Clusters.Training / 16;

    private static readonly Parameters Long = Spec.With(("epochs", Scalar.Of(40L)), ("model.dropout", Scalar.Of(0.1)));
    private static readonly string Key = Digest.Of("a run");

    private readonly Clusters clusters = new();
    private readonly string folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;
    private readonly List<string> told = [];

    public void Dispose()
    {
        clusters.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_run_that_died_goes_on_from_its_last_checkpoint_to_the_same_bits()
    {
        // It dies without a word in the step after the hundredth; each step before has left a checkpoint.
        Assert.Throws<TimeoutException>(() =>
            Trainer(new Counted(stopAt: 101, () => throw new TimeoutException()), TimeSpan.Zero)
                .Train(Key, Long, clusters.Data, null, CancellationToken.None)
        );
        var rest = new Counted();

        var result = Trainer(rest, TimeSpan.Zero).Train(Key, Long, clusters.Data, null, CancellationToken.None);

        AssertWhole(result);
        // Keeping one takes longer than twenty steps or not, so that the last is not that of the hundredth step for certain.
        Assert.InRange(rest.Steps, (40 * StepsOfEpoch) - 100, (40 * StepsOfEpoch) - 1);
        Assert.Empty(told);
    }

    [Fact]
    public void A_run_that_is_cancelled_keeps_where_it_was_if_it_took_a_while()
    {
        using var source = new CancellationTokenSource();
        var stopped = new Counted(
            stopAt: 200,
            () =>
            {
                Thread.Sleep(600);
                source.Cancel();
            }
        );
        Assert.Throws<OperationCanceledException>(() =>
            Trainer(stopped, TimeSpan.FromHours(1)).Train(Key, Long, clusters.Data, null, source.Token)
        );
        var rest = new Counted();

        AssertWhole(Trainer(rest, TimeSpan.FromHours(1)).Train(Key, Long, clusters.Data, null, CancellationToken.None));
        Assert.Equal((40 * StepsOfEpoch) - 200, rest.Steps);
    }

    [Fact]
    public void A_checkpoint_that_is_of_no_use_is_dropped_and_named()
    {
        Checkpoints.Put(Key, "{\"what\": 1}"u8);
        var all = new Counted();

        AssertWhole(Trainer(all, TimeSpan.FromHours(1)).Train(Key, Long, clusters.Data, null, CancellationToken.None));

        Assert.Equal(40 * StepsOfEpoch, all.Steps);
        Assert.Contains("can't be used", Assert.Single(told), StringComparison.Ordinal);
        Assert.Null(Checkpoints.TryRead(Key));
    }

    [Fact]
    public void A_run_that_fails_after_its_checkpoint_fails_with_its_own_error()
    {
        Trainer(new Counted(), TimeSpan.Zero).Train(Key, Long, clusters.Data, null, CancellationToken.None);
        var failing = new Counted(stopAt: 1, () => throw new TimeoutException("the machine is on fire"), always: true);

        Assert.Equal(
            "the machine is on fire",
            Assert
                .Throws<TimeoutException>(() =>
                    Trainer(failing, TimeSpan.FromHours(1))
                        .Train(
                            Key,
                            Spec.With(("epochs", Scalar.Of(1000L))),
                            clusters.Data,
                            null,
                            CancellationToken.None
                        )
                )
                .Message
        );
    }

    [Fact]
    public void Without_a_place_for_checkpoints_runs_train_all_the_same()
    {
        var trainer = new ResumableTrainer(Backend.Managed, checkpoints: null, TimeSpan.Zero);

        AssertWhole(trainer.Train(Key, Long, clusters.Data, null, CancellationToken.None));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_long_run_is_reported_now_and_then()
    {
        var seen = new List<(int Epoch, int Epochs, int Step, int StepsOfEpoch)>();
        var slow = new Counted(stopAt: 250, () => Thread.Sleep(300));

        Trainer(slow, TimeSpan.FromHours(1))
            .Train(
                Key,
                Long,
                clusters.Data,
                run => seen.Add((run.Epoch, run.Epochs, run.Step, run.StepsOfEpoch)),
                CancellationToken.None
            );

        Assert.Contains((249 / StepsOfEpoch, 40, (249 % StepsOfEpoch) + 1, StepsOfEpoch), seen);
    }

    [Fact]
    public void The_checkpoint_goes_once_the_result_has_been_taken()
    {
        var task = new RunTask(
            new StageKey("train", Long, KeyPart.Empty, KeyPart.Empty),
            Long,
            clusters.File,
            "managed"
        );
        var cache = new DirectoryCache(folder, told.Add, TimeProvider.System);
        var executor = new LocalExecutor(1, Backend.Managed, cache, TimeSpan.Zero);

        foreach (var run in executor.Run([task], CancellationToken.None))
        {
            AssertWhole(run.Result!);
            Assert.NotNull(Checkpoints.TryRead(task.Key.Digest));
        }
        Assert.Null(Checkpoints.TryRead(task.Key.Digest));
    }

    private Checkpoints Checkpoints => new(folder, told.Add);

    private ResumableTrainer Trainer(Counted counted, TimeSpan every) =>
        new(new Backend("counted", counted.Begin), Checkpoints, every);

    private void AssertWhole(RunResult result) =>
        Assert.Equal(
            ArtifactEncoding.Encode(
                Stages.Train.Trainer.Run(Long, clusters.Data, Backend.Managed, CancellationToken.None)
            ),
            ArtifactEncoding.Encode(result)
        );

    /// <summary>Counts the steps of networks, and does something in one of them, or from it on in all.</summary>
    private sealed class Counted(int stopAt = int.MaxValue, Action? stop = null, bool always = false)
    {
        public int Steps { get; private set; }

        public ITrainableNetwork Begin(NetworkStart start) => new CountedNetwork(Backend.Managed.Begin(start), Count);

        private void Count()
        {
            if (++Steps == stopAt || (always && Steps > stopAt))
                stop!();
        }
    }

    private sealed class CountedNetwork(ITrainableNetwork inner, Action count) : WrappedNetwork(inner)
    {
        public override BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate)
        {
            count();
            return base.TrainStep(inputs, labels, learningRate);
        }
    }
}
