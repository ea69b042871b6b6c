using System.Globalization;
using Spectre.Console;

namespace Pipeline.Progress;

/// <summary>
/// Shows how far training is, within runs that take long too: a bar on a terminal, a plain line every now and then elsewhere. Safe for
/// several threads at once.
/// </summary>
/// <param name="study">The study whose runs are trained.</param>
/// <param name="total">Their number.</param>
/// <param name="output">Where lines go.</param>
/// <param name="clock">Tells the time; null for the machine's.</param>
public sealed class TrainProgress(string study, int total, TextWriter output, TimeProvider? clock = null)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // Lines of a long training come less often.
    private const int ShareOfPause = 10;

    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly long start = (clock ?? TimeProvider.System).GetTimestamp();
    private readonly Lock gate = new();
    private readonly Dictionary<string, Running> running = new(StringComparer.Ordinal);
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

    /// <summary>Notes where a run stands that takes long.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="position">Where it stands.</param>
    public void At(string run, RunPosition position)
    {
        lock (gate)
        {
            var first = running.TryGetValue(run, out var known) ? known : new(position, Elapsed, position);
            running[run] = first with { Now = position };
            Draw();
        }
    }

    /// <summary>Counts a run that ended.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="hasDiverged">Whether it diverged.</param>
    /// <param name="hasFailed">Whether it failed.</param>
    public void Count(string run, bool hasDiverged, bool hasFailed)
    {
        lock (gate)
        {
            running.Remove(run);
            done++;
            diverged += hasDiverged ? 1 : 0;
            failed += hasFailed ? 1 : 0;
            Draw();
        }
    }

    /// <summary>How far it is, in words that get fewer from line to line.</summary>
    internal IReadOnlyList<string> Lines()
    {
        var seconds = Math.Max(Elapsed.TotalSeconds, 1e-3);
        var (count, within) = ($"{done} of {Counted.Of(total, "run")}", Within());
        var speed =
            done / seconds < 0.1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {done / seconds:0.0} runs/s");
        // Of a run that was begun by an earlier command only what was done since tells how fast it is.
        var rate = (done + running.Values.Sum(run => run.Now.Share - run.First.Share)) / seconds;
        var left = rate <= 0 ? "" : $", {Left((total - done - running.Values.Sum(run => run.Now.Share)) / rate)} left";
        return
        [
            $"training {study}: {count}, {diverged} diverged, {failed} failed{speed}{left}{within}",
            $"training: {count}, {diverged} diverged, {failed} failed{left}",
            $"training: {count}{left}",
            count,
        ];
    }

    private TimeSpan Elapsed => clock.GetElapsedTime(start);

    private void Draw()
    {
        if (bar is not null)
        {
            bar.Description = Markup.Escape(Text());
            bar.Value = done + running.Values.Sum(run => run.Now.Share);
        }
        else if (Elapsed - lastLine is var pause && pause >= ShortestPause && pause >= Pause)
        {
            lastLine = Elapsed;
            try
            {
                output.WriteLine(Lines()[0]);
            }
            catch (IOException)
            {
                // A log that can't be written is no reason for a run to fail.
            }
        }
    }

    private TimeSpan Pause => Elapsed / ShareOfPause is var share && share < LongestPause ? share : LongestPause;

    // The one that was begun first, if it isn't a short one.
    private string Within()
    {
        if (running.Count == 0)
            return "";
        var (id, run) = running.MinBy(run => run.Value.Since);
        var seconds = (Elapsed - run.Since).TotalSeconds;
        if (seconds < ShortestPause.TotalSeconds / 2)
            return "";
        var at = run.Now;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"; run {id}: epoch {Math.Min(at.Epoch + 1, at.Epochs)} of {at.Epochs}, step {at.Step} of {at.StepsOfEpoch}, "
                + $"{(at.Steps - run.First.Steps) / seconds:0} steps/s, loss {at.Loss:0.0000}"
        );
    }

    // Where no bar is drawn the terminal is not asked for its width.
    private string Text() =>
        ProgressBar.IsDrawn ? ProgressBar.Fit(Lines(), ProgressBar.TextWidth(AnsiConsole.Profile.Width)) : Lines()[0];

    private static string Left(double runSeconds)
    {
        var seconds = TimeSpan.FromSeconds(Math.Clamp(runSeconds, 0, 1e8));
        return seconds.TotalMinutes < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds.TotalHours}:{seconds:mm\\:ss}");
    }

    /// <summary>A run that is being trained.</summary>
    /// <param name="First">Where it was first seen.</param>
    /// <param name="Since">When that was.</param>
    /// <param name="Now">Where it is.</param>
    private sealed record Running(RunPosition First, TimeSpan Since, RunPosition Now);
}
