namespace Pipeline.Progress.Tests;

public sealed class ProgressBarTests
{
    [Fact]
    public void Where_the_output_is_no_terminal_the_work_is_done_without_a_bar()
    {
        Assert.True(Console.IsOutputRedirected);
        var calls = 0;

        ProgressBar.Show(
            "work",
            10,
            bar =>
            {
                calls++;
                Assert.Null(bar);
            }
        );

        Assert.Equal(1, calls);
    }

    [Fact]
    public void Training_that_ends_at_once_prints_no_line()
    {
        using var output = new StringWriter();
        var progress = new TrainProgress(2, output);

        progress.Show(() =>
        {
            progress.Count(hasDiverged: false, hasFailed: false);
            progress.Count(hasDiverged: true, hasFailed: false);
        });

        Assert.Equal("", output.ToString());
    }
}
