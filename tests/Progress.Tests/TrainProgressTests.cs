using System.Globalization;

namespace Pipeline.Progress.Tests;

public sealed class TrainProgressTests
{
    private readonly Clock clock = new();

    [Fact]
    public void A_long_run_shows_where_it_stands_and_what_is_left()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var progress = new TrainProgress("long", 2, output, clock);

        clock.Seconds = 1;
        progress.At("abc", new(0, 10, 50, 100, 2));
        clock.Seconds = 5;
        progress.At("abc", new(2, 10, 50, 100, 0.5));

        // A fifth of one run in five seconds; 1¾ are left.
        Assert.Equal(
            "training long: 0 of 2 runs, 0 diverged, 0 failed, 44 s left; "
                + "run abc: epoch 3 of 10, step 50 of 100, 50 steps/s, loss 0.5000\n",
            output.ToString().ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public void What_an_earlier_command_trained_makes_this_one_no_faster()
    {
        var progress = new TrainProgress("long", 1, TextWriter.Null, clock);

        progress.At("abc", new(8, 10, 0, 100, 1));
        clock.Seconds = 10;
        progress.At("abc", new(9, 10, 0, 100, 1));

        Assert.Contains(", 10 s left; ", progress.Lines()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_come_less_often_the_longer_it_takes()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var progress = new TrainProgress("long", 1, output, clock);

        for (var second = 1; second <= 3600; second++)
        {
            clock.Seconds = second;
            progress.At("abc", new(second, 3601, 0, 1, 1));
        }

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 60, 100);
    }

    [Fact]
    public void A_run_that_ended_is_shown_no_more()
    {
        var progress = new TrainProgress("long", 2, TextWriter.Null, clock);
        progress.At("abc", new(8, 10, 0, 100, 1));
        clock.Seconds = 10;
        progress.Count("abc", hasDiverged: false, hasFailed: false);

        Assert.Equal("training long: 1 of 2 runs, 0 diverged, 0 failed, 0.1 runs/s, 10 s left", progress.Lines()[0]);
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
