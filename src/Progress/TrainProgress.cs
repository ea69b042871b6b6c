using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Pipeline.Progress;

/// <summary>Shows how far training is: a bar on a terminal, a plain line every few seconds elsewhere.</summary>
public sealed class TrainProgress(int total, TextWriter output)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int done;
    private int diverged;
    private int failed;
    private TimeSpan lastLine;
    private ProgressTask? bar;

    /// <summary>Does the work with the display on.</summary>
    public void Show(Action work) =>
        ProgressBar.Show(
            Markup.Escape(Line()),
            total,
            started =>
            {
                bar = started;
                work();
            }
        );

    /// <summary>Counts a run that ended.</summary>
    public void Count(bool hasDiverged, bool hasFailed)
    {
        done++;
        diverged += hasDiverged ? 1 : 0;
        failed += hasFailed ? 1 : 0;
        if (bar is not null)
        {
            bar.Description = Markup.Escape(Line());
            bar.Value = done;
        }
        else if (watch.Elapsed - lastLine >= LineInterval)
        {
            lastLine = watch.Elapsed;
            output.WriteLine(Line());
        }
    }

    private string Line()
    {
        var rate = done / Math.Max(watch.Elapsed.TotalSeconds, 1e-3);
        var left =
            done == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {rate:0.0} runs/s, {Left(rate)} left");
        return $"training: {done} of {total} runs, {diverged} diverged, {failed} failed{left}";
    }

    private string Left(double rate)
    {
        var seconds = TimeSpan.FromSeconds(Math.Min((total - done) / rate, 1e8));
        return seconds.TotalMinutes < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds.TotalHours}:{seconds:mm\\:ss}");
    }
}
