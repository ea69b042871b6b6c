using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class WatchedTaskTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly JobFolder folder;

    public WatchedTaskTests() => folder = new(Directory.CreateDirectory(temporary.File("pipeline-x")).FullName);

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData("TIMEOUT", "None", "reached its time limit")]
    [InlineData("OUT_OF_MEMORY", "OutOfMemory", "ran out of memory")]
    [InlineData("CANCELLED", "None", "was cancelled")]
    [InlineData("NODE_FAIL", "None", "was lost with its node")]
    [InlineData("BOOT_FAIL", "None", "was lost with its node")]
    [InlineData("PREEMPTED", "None", "was preempted")]
    [InlineData("FAILED", "NonZeroExitCode", "ended FAILED (NonZeroExitCode)")]
    [InlineData("DEADLINE", "None", "ended DEADLINE")]
    [InlineData("REVOKED", "", "ended REVOKED")]
    [InlineData("COMPLETED", "None", "has gone")]
    [InlineData("RUNNING", "None", "has gone")]
    public void How_it_ended_is_what_the_queue_tells(string state, string reason, string how) =>
        Assert.Equal(
            $"task 7_0 {how} on node1 (log: {folder.LogOf(0)})",
            Given.Task(folder, 1, state, Given.Attempt(AttemptState.Stopped), reason).Ending()
        );

    [Fact]
    public void What_the_queue_has_forgotten_has_gone() =>
        Assert.Equal(
            $"task 0 of pipeline-x has gone on node1 (log: {folder.LogOf(0)})",
            Given.Task(folder, 1, state: null, Given.Attempt(AttemptState.Stopped)).Ending()
        );

    [Fact]
    public void The_nodes_own_sentence_says_why() =>
        Assert.Equal(
            $"task 7_0 ended FAILED on node1: No room. (log: {folder.LogOf(0)})",
            Given.Task(folder, 1, "FAILED", Given.Attempt(AttemptState.Stopped, sentence: "No room.")).Ending()
        );

    [Fact]
    public void A_worker_that_never_told_anything_is_known_by_the_last_lines_of_its_log()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.LogOf(0))!);
        File.WriteAllText(folder.LogOf(0), "first\n second\n\n third \n\n");

        Assert.Equal(
            $"task 7_0 ended FAILED on node1 without a sign of the worker: second | third (log: {folder.LogOf(0)})",
            Given.Task(folder, 1, "FAILED", attempt: null).Ending()
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\n \n")]
    public void Without_a_log_either_the_user_is_told_what_to_look_for(string? log)
    {
        if (log is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.LogOf(0))!);
            File.WriteAllText(folder.LogOf(0), log);
        }

        Assert.Equal(
            "task 0 of pipeline-x has gone without a sign of the worker and without a log: "
                + "is the folder on a file system that all nodes share, and dotnet on each? "
                + $"(log: {folder.LogOf(0)})",
            Given.Task(folder, 1, state: null, attempt: null).Ending()
        );
    }

    [Theory]
    [InlineData("COMPLETED", "task 7_0")]
    [InlineData(null, "task 0 of pipeline-x")]
    public void Who_fell_silent_in_training_was_killed(string? state, string task) =>
        Assert.Equal(
            $"{task} has gone on node1 without a word, as a process does that was killed for its memory (log: {folder.LogOf(0)})",
            Given.Task(folder, 1, state, Given.Attempt(AttemptState.Running)).Ending()
        );

    [Fact]
    public void Who_reached_the_time_limit_in_training_did_not_fall_silent() =>
        Assert.Equal(
            $"task 7_0 reached its time limit on node1 (log: {folder.LogOf(0)})",
            Given.Task(folder, 1, "TIMEOUT", Given.Attempt(AttemptState.Running)).Ending()
        );

    [Fact]
    public void It_is_gone_until_it_is_back()
    {
        var task = new WatchedTask(folder, 0, [0]);
        Assert.False(task.IsGone);
        task.Note(null);
        Assert.True(task.IsGone);
        task.Note(Given.Queued("REQUEUED"));
        Assert.False(task.IsGone);
        task.Note(Given.Queued("FAILED"));
        Assert.True(task.IsGone);
        // Looks before it was back don't count.
        Assert.False(task.IsLost(TimeSpan.Zero));
    }

    [Theory]
    [InlineData("FAILED", null)]
    [InlineData("FAILED", AttemptState.Running)]
    [InlineData("OUT_OF_MEMORY", AttemptState.Running)]
    [InlineData("TIMEOUT", AttemptState.Stopped)]
    [InlineData("COMPLETED", AttemptState.Stopped)]
    [InlineData(null, AttemptState.Stopped)]
    [InlineData("FAILED", AttemptState.Refused)]
    [InlineData("COMPLETED", AttemptState.Refused)]
    public void What_ended_badly_is_lost_after_two_looks(string? state, AttemptState? attempt)
    {
        var task = Given.Task(folder, 1, state, attempt is { } at ? Given.Attempt(at) : null);
        Assert.False(task.IsLost(TimeSpan.Zero));

        task.Note(null);

        Assert.True(task.IsLost(TimeSpan.MaxValue));
    }

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData(null)]
    public void What_went_without_a_word_is_lost_after_two_looks(string? state)
    {
        var task = Given.Task(folder, 1, state, attempt: null);
        Assert.False(task.IsLost());

        task.Note(null);

        Assert.True(task.IsLost());
    }

    [Theory]
    [InlineData("COMPLETED", AttemptState.Running)]
    [InlineData(null, AttemptState.Running)]
    [InlineData("COMPLETED", AttemptState.Ended)]
    [InlineData("FAILED", AttemptState.Ended)]
    public void What_may_have_gone_well_is_lost_once_patience_is(string? state, AttemptState attempt)
    {
        var task = Given.Task(folder, 1, state, Given.Attempt(attempt));
        foreach (var _ in Enumerable.Range(0, 10))
            task.Note(null);

        Assert.False(task.IsLost(TimeSpan.FromDays(1)));
        Assert.False(task.IsLost());
        Assert.True(task.IsLost(TimeSpan.Zero));
    }

    [Fact]
    public void What_runs_or_is_over_is_not_lost()
    {
        var task = Given.Task(folder, 1, "RUNNING", Given.Attempt(AttemptState.Stopped));
        Assert.False(task.IsLost(TimeSpan.Zero));
        task.Note(null);
        task.Note(null);
        Assert.True(task.IsLost(TimeSpan.Zero));

        task.IsOver = true;

        Assert.False(task.IsLost(TimeSpan.Zero));
    }

    [Fact]
    public void What_the_queue_told_last_stays_known_when_it_tells_nothing()
    {
        var task = new WatchedTask(folder, 0, [0]);
        task.Note(Given.Queued("FAILED"));
        task.Note(null);

        Assert.Equal("FAILED", task.Queued?.State);
    }

    [Fact]
    public void What_was_told_is_read_once()
    {
        var (task, file) = (new WatchedTask(folder, 0, [0]), Told(trained: 1));
        task.Read(file);
        var read = task.Attempt;
        Assert.Equal(1, read?.Trained);

        task.Read(file);
        task.Read(null);

        Assert.Same(read, task.Attempt);
    }

    [Fact]
    public void What_was_told_later_or_is_longer_or_is_of_another_attempt_is_news()
    {
        var task = new WatchedTask(folder, 0, [0]);
        var file = Told(trained: 1);
        task.Read(file);

        task.Read(Told(trained: 2) with { Time = file.Time.AddSeconds(-1) });
        Assert.Equal(2, task.Attempt?.Trained);
        task.Read(Told(trained: 10) with { Time = file.Time.AddSeconds(-1) });
        Assert.Equal(10, task.Attempt?.Trained);
        task.Read(Told(trained: 11, number: 1) with { Time = file.Time.AddSeconds(-1) });
        Assert.Equal(11, task.Attempt?.Trained);
    }

    [Fact]
    public void What_can_not_be_read_now_is_read_later()
    {
        var task = new WatchedTask(folder, 0, [0]);
        var file = Told(trained: 1);
        var text = File.ReadAllText(file.Path);
        File.WriteAllText(file.Path, "{");
        task.Read(file);
        Assert.Null(task.Attempt);
        File.WriteAllText(file.Path, text);

        task.Read(file);

        Assert.Equal(1, task.Attempt?.Trained);
    }

    [Theory]
    [InlineData(AttemptState.Ended, 2, true)]
    [InlineData(AttemptState.Ended, 1, false)]
    [InlineData(AttemptState.Running, 2, false)]
    public void It_is_complete_once_it_ended_with_all_runs_done(AttemptState state, int done, bool isComplete) =>
        Assert.Equal(
            isComplete,
            Given.Task(folder, 2, "COMPLETED", Given.Attempt(state, done: [.. Enumerable.Range(0, done)])).IsComplete
        );

    private AttemptFile Told(int trained, int number = 0)
    {
        folder.WriteAttempt(0, number, Given.Attempt(AttemptState.Running, trained));
        return folder.AttemptFiles()[0];
    }
}
