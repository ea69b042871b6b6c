namespace Pipeline.Execution.Tests;

public sealed class LocalSchedulerTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(100, 1)]
    [InlineData(1000, 7)]
    public void Every_item_is_done_once(int count, int jobs)
    {
        var done = new int[count];

        LocalScheduler.Run(count, jobs, i => Interlocked.Increment(ref done[i]), CancellationToken.None);

        Assert.All(done, times => Assert.Equal(1, times));
    }

    [Fact]
    public void One_job_takes_items_in_their_order()
    {
        var order = new List<int>();

        LocalScheduler.Run(50, 1, order.Add, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 50), order);
    }

    [Fact]
    public void No_more_items_run_at_a_time_than_there_are_jobs()
    {
        var (now, most) = (0, 0);
        var gate = new Lock();

        LocalScheduler.Run(
            60,
            3,
            _ =>
            {
                lock (gate)
                    most = Math.Max(most, ++now);
                Thread.Yield();
                lock (gate)
                    now--;
            },
            CancellationToken.None);

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public void An_exception_ends_the_rest_and_reaches_the_caller()
    {
        var started = 0;

        var thrown = Assert.Throws<InvalidDataException>(() => LocalScheduler.Run(
            1000,
            2,
            i =>
            {
                Interlocked.Increment(ref started);
                if (i == 3)
                    throw new InvalidDataException("item 3");
                Thread.Sleep(1);
            },
            CancellationToken.None));

        Assert.Equal("item 3", thrown.Message);
        Assert.InRange(started, 4, 999);
    }

    [Fact]
    public void Cancellation_stops_the_start_of_further_items()
    {
        using var source = new CancellationTokenSource();
        var done = 0;

        Assert.Throws<OperationCanceledException>(() => LocalScheduler.Run(
            1000,
            1,
            i =>
            {
                done++;
                if (i == 9)
                    source.Cancel();
            },
            source.Token));

        Assert.Equal(10, done);
    }
}
