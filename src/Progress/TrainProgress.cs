using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Pipeline.Progress;

/// <summary>Shows how far training is: a bar on a terminal, a plain line every few seconds elsewhere.</summary>
/// <param name="study">The study whose runs are trained.</param>
/// <param name="total">Their number.</param>
/// <param name="output">Where lines go.</param>
public sealed class TrainProgress(string study, int total, TextWriter output)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int done;
    private int diverged;
    private int failed;
    private TimeSpan lastLine;
    private ProgressTask? bar;

    /// <summary>Does the work with the display on.</summary>
    public void Show(Action work)
    {
        if (output == TextWriter.Null)
        {
            work();
            return;
        }
        ProgressBar.Show(
            Markup.Escape(Text()),
            total,
            started =>
            {
                bar = started;
                work();
            }
        );
    }

    /// <summary>Counts a run that ended.</summary>
    public void Count(bool hasDiverged, bool hasFailed)
    {
        done++;
        diverged += hasDiverged ? 1 : 0;
        failed += hasFailed ? 1 : 0;
        if (bar is not null)
        {
            bar.Description = Markup.Escape(Text());
            bar.Value = done;
        }
        else if (watch.Elapsed - lastLine >= LineInterval)
        {
            lastLine = watch.Elapsed;
            output.WriteLine(Lines()[0]);
        }
    }

    /// <summary>How far it is, in words that get fewer from line to line.</summary>
    internal IReadOnlyList<string> Lines()
    {
        var rate = done / Math.Max(watch.Elapsed.TotalSeconds, 1e-3);
        var count = $"{done} of {Counted.Of(total, "run")}";
        var speed = done == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {rate:0.0} runs/s");
        var left = done == 0 ? "" : $", {Left(rate)} left";
        return
        [
            $"training {study}: {count}, {diverged} diverged, {failed} failed{speed}{left}",
            $"training: {count}, {diverged} diverged, {failed} failed{left}",
            $"training: {count}{left}",
            count,
        ];
    }

    // Where no bar is drawn the terminal is not asked for its width.
    private string Text() =>
        ProgressBar.IsDrawn ? ProgressBar.Fit(Lines(), ProgressBar.TextWidth(AnsiConsole.Profile.Width)) : Lines()[0];

    private string Left(double rate)
    {
        var seconds = TimeSpan.FromSeconds(Math.Min((total - done) / rate, 1e8));
        return seconds.TotalMinutes < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds.TotalHours}:{seconds:mm\\:ss}");
    }
}
