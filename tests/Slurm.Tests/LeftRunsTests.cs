using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class LeftRunsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int[] tries = new int[5];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_cancelled_is_given_up()
    {
        var left = Left("CANCELLED", Given.Attempt(AttemptState.Stopped, trained: 1), 1, 2);

        Assert.Empty(left.Again);
        Assert.Equal([1, 2], left.Failed);
        Assert.EndsWith("; the same command submits it again", left.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_ran_out_of_memory_is_trained_by_half_of_the_threads()
    {
        var left = Left("OUT_OF_MEMORY", Given.Attempt(AttemptState.Running, threads: 4), 0, 1, 2);

        Assert.Empty(left.Failed);
        var again = Assert.Single(left.Again);
        Assert.Equal(2, again.Threads);
        Assert.Equal([0, 1, 2], again.Runs);
    }

    [Fact]
    public void What_others_cancelled_is_submitted_again_as_often_as_may_be()
    {
        var task = Task("CANCELLED", Given.Attempt(AttemptState.Stopped));

        Assert.Equal([1, 2], Assert.Single(LeftRuns.Of(task, [1, 2], tries, retries: 1, isOwn: false).Again).Runs);
        Assert.Equal([1, 2], LeftRuns.Of(task, [1, 2], tries, retries: 1, isOwn: false).Failed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public void What_ran_out_of_memory_with_one_thread_or_before_it_told_of_any_is_halved(int? threads)
    {
        var attempt = threads is { } one ? Given.Attempt(AttemptState.Running, threads: one) : null;

        foreach (var _ in Enumerable.Range(0, 5))
        {
            var left = Left("OUT_OF_MEMORY", attempt, 0, 1, 2, 3, 4);
            Assert.Equal(
                [
                    [0, 1, 2],
                    [3, 4],
                ],
                left.Again.Select(pack => pack.Runs)
            );
            Assert.Empty(left.Failed);
        }
        Assert.All(tries, count => Assert.Equal(0, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public void A_run_that_ran_out_of_memory_alone_is_given_up(int? threads)
    {
        var attempt = threads is { } one ? Given.Attempt(AttemptState.Running, trained: 1, threads: one) : null;

        var left = Left("OUT_OF_MEMORY", attempt, 3);

        Assert.Empty(left.Again);
        Assert.Equal([3], left.Failed);
        Assert.EndsWith(": ask for more with --slurm-extra=--mem=<size>", left.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FAILED", 3)]
    [InlineData("TIMEOUT", 3)]
    [InlineData("OUT_OF_MEMORY", 2)]
    public void The_threads_of_a_task_are_kept_but_where_they_need_too_much(string state, int threads)
    {
        var task = new WatchedTask(Folder(), 0, [0, 1], threads: 3);
        Folder().WriteAttempt(0, 0, Given.Attempt(AttemptState.Running, threads: 4));
        task.Read(Folder().AttemptFiles()[0]);
        task.Note(Given.Queued(state));

        Assert.All(LeftRuns.Of(task, [0, 1], tries, retries: 2).Again, pack => Assert.Equal(threads, pack.Threads));
    }

    [Fact]
    public void What_reached_its_time_limit_is_halved()
    {
        var left = Left("TIMEOUT", Given.Attempt(AttemptState.Stopped), 0, 1, 2, 3, 4);

        Assert.Empty(left.Failed);
        Assert.Equal(
            [
                [0, 1, 2],
                [3, 4],
            ],
            left.Again.Select(pack => pack.Runs)
        );
        Assert.All(left.Again, pack => Assert.Null(pack.Threads));
    }

    [Fact]
    public void A_run_that_reached_its_time_limit_alone_goes_on_from_its_checkpoint_until_it_is_given_up()
    {
        Assert.Equal(
            [
                [3],
            ],
            Left("TIMEOUT", null, 3).Again.Select(pack => pack.Runs)
        );
        Assert.Equal(
            [
                [3],
            ],
            Left("TIMEOUT", null, 3).Again.Select(pack => pack.Runs)
        );

        var left = Left("TIMEOUT", null, 3);

        Assert.Empty(left.Again);
        Assert.Equal([3], left.Failed);
    }

    [Theory]
    [InlineData("FAILED")]
    [InlineData("COMPLETED")]
    [InlineData("NODE_FAIL")]
    [InlineData("PREEMPTED")]
    [InlineData(null)]
    public void What_went_without_getting_on_is_submitted_as_often_as_may_be_and_then_given_up(string? state)
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var left = Left(state, Given.Attempt(AttemptState.Running), 1, 4);
            Assert.Equal(
                [
                    [1, 4],
                ],
                left.Again.Select(pack => pack.Runs)
            );
            Assert.Empty(left.Failed);
            Assert.DoesNotContain("submitted again", left.Sentence, StringComparison.Ordinal);
        }

        var last = Left(state, Given.Attempt(AttemptState.Running), 1, 4);

        Assert.Empty(last.Again);
        Assert.Equal([1, 4], last.Failed);
        Assert.EndsWith(", also when it was submitted again", last.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_runs_that_were_tried_differently_often_each_counts_for_itself()
    {
        tries[4] = 2;

        var left = Left("FAILED", null, 1, 4);

        Assert.Equal([4], left.Failed);
        Assert.Equal(
            [
                [1],
            ],
            left.Again.Select(pack => pack.Runs)
        );
    }

    [Fact]
    public void A_task_that_got_on_does_not_count_as_a_try()
    {
        tries[2] = 2;

        var left = Left("FAILED", Given.Attempt(AttemptState.Running, trained: 1), 2);

        Assert.Equal(
            [
                [2],
            ],
            left.Again.Select(pack => pack.Runs)
        );
        Assert.Equal(2, tries[2]);
    }

    [Fact]
    public void Where_nothing_is_tried_again_nobody_says_that_it_was()
    {
        var left = LeftRuns.Of(Task("FAILED", null), [0], tries, retries: 0);

        Assert.Equal([0], left.Failed);
        Assert.DoesNotContain("submitted again", left.Sentence, StringComparison.Ordinal);
    }

    private LeftRuns Left(string? state, Attempt? attempt, params int[] runs) =>
        LeftRuns.Of(Task(state, attempt), runs, tries, retries: 2);

    private WatchedTask Task(string? state, Attempt? attempt) => Given.Task(Folder(), 5, state, attempt);

    private JobFolder Folder() => new(Directory.CreateDirectory(folder.File("pipeline-x")).FullName);
}
