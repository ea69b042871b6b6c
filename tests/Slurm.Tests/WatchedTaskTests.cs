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
    public void Looks_that_find_it_gone_are_counted_until_it_is_back()
    {
        var task = new WatchedTask(folder, 0, [0]);
        task.Note(null);
        task.Note(Given.Queued("FAILED"));
        Assert.Equal(2, task.LooksSinceGone);

        task.Note(Given.Queued("REQUEUED"));

        Assert.Equal(0, task.LooksSinceGone);
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
        folder.WriteAttempt(0, 0, Given.Attempt(AttemptState.Running));
        var (task, time) = (new WatchedTask(folder, 0, [0]), DateTime.UnixEpoch);

        Assert.True(task.Read(time));
        Assert.False(task.Read(time));
        Assert.True(task.Read(time.AddSeconds(1)));
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
}
