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
        var progress = new TrainProgress("small", 2, output);

        progress.Show(() =>
        {
            progress.Count("a", hasDiverged: false, hasFailed: false);
            progress.Count("a", hasDiverged: true, hasFailed: false);
        });

        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public void Bar_and_text_fit_the_terminal(int terminal)
    {
        var progress = new TrainProgress("activation-initialization-normalization", 5000, TextWriter.Null);
        progress.Count("a", hasDiverged: false, hasFailed: false);

        var text = ProgressBar.Fit(progress.Lines(), ProgressBar.TextWidth(terminal));

        Assert.StartsWith(
            "1 of 5000 runs",
            text[text.IndexOf('1', StringComparison.Ordinal)..],
            StringComparison.Ordinal
        );
        Assert.InRange(text.Length, 1, Math.Max("1 of 5000 runs".Length, ProgressBar.TextWidth(terminal)));
        Assert.InRange(ProgressBar.TextWidth(terminal), 0, terminal - 8);
    }

    [Fact]
    public void The_first_text_that_fits_is_shown()
    {
        Assert.Equal("long text", ProgressBar.Fit(["long text", "text", "t"], 9));
        Assert.Equal("text", ProgressBar.Fit(["long text", "text", "t"], 8));
        Assert.Equal("t", ProgressBar.Fit(["long text", "text", "t"], 0));
    }

    [Fact]
    public void Lines_name_the_study_and_one_run_is_one()
    {
        var lines = new TrainProgress("small", 1, TextWriter.Null).Lines();

        Assert.Equal("training small: 0 of 1 run, 0 diverged, 0 failed", lines[0]);
        Assert.Equal(lines.OrderByDescending(line => line.Length), lines);
    }
}
