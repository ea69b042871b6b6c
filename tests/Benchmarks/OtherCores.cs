using System.Diagnostics;
using System.Globalization;

namespace Pipeline.Benchmarks;

/// <summary>How many cores other processes use while something is timed: tells whether it was disturbed.</summary>
internal sealed class OtherCores
{
    // The unit of both files, whatever the kernel's own clock is.
    private const double TicksPerSecond = 100;

    private readonly long start = Stopwatch.GetTimestamp();
    private readonly double before = Now();

    /// <summary>The mean number of cores since this was made; NaN where it is not known, as it is on Linux alone.</summary>
    /// <remarks>The children of this process must have ended: one that still runs is taken for another process.</remarks>
    public double Mean() => Math.Max(0, Now() - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;

    /// <summary>
    /// Seconds of cores that were taken by other processes or, from a virtual machine, by its host; NaN where the
    /// machine doesn't count its time.
    /// </summary>
    /// <param name="machine">The text of /proc/stat, whose first line sums all cores.</param>
    /// <param name="own">The text of /proc/self/stat.</param>
    public static double Seconds(string machine, string own)
    {
        var all = machine.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        // user, nice and system; behind idle and iowait: irq, softirq and steal.
        var busy = Sum(all[..3]) + Sum(all[5..8]);
        // Behind the name, which may hold anything: user and system time, then those of the children that ended.
        var ours = Sum(own[(own.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[11..15]);
        return busy > 0 ? (busy - ours) / TicksPerSecond : double.NaN;
    }

    private static double Now() =>
        OperatingSystem.IsLinux()
            ? Seconds(File.ReadAllText("/proc/stat"), File.ReadAllText("/proc/self/stat"))
            : double.NaN;

    private static double Sum(IEnumerable<string> ticks) =>
        ticks.Sum(text => double.Parse(text, CultureInfo.InvariantCulture));
}
