using System.Globalization;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>The closing table: task, duration, status, and the total.</summary>
internal static class ReportTable
{
    private const int OtherColumns = 20;

    public static void Write(CakeConsole console, IReadOnlyList<ReportEntry> entries, Verbosity verbosity)
    {
        var nameColumn = TaskColumn.Width(entries.Select(e => e.Name));
        var rule = new string('-', nameColumn + (2 * OtherColumns));
        string line(string name, string duration, string status) =>
            name.PadRight(nameColumn) + duration.PadRight(OtherColumns) + status.PadRight(OtherColumns);

        console.WriteLine();
        console.WriteLine(line("Task", "Duration", "Status"), ConsoleColor.Green);
        console.WriteLine(rule, ConsoleColor.Green);
        foreach (var entry in entries)
        {
            if (entry.Outcome != TaskOutcome.Delegated || verbosity >= Verbosity.Verbose)
                console.WriteLine(line(entry.Name, Duration(entry), Status(entry.Outcome)), Colour(entry.Outcome));
        }
        console.WriteLine(rule, ConsoleColor.Green);
        console.WriteLine(line("Total:", Format(new TimeSpan(entries.Sum(e => e.Duration.Ticks))), ""), ConsoleColor.Green);
    }

    private static string Duration(ReportEntry entry) => entry.Outcome == TaskOutcome.Skipped ? "-" : Format(entry.Duration);

    private static string Format(TimeSpan duration) => duration.ToString("c", CultureInfo.InvariantCulture);

    private static string Status(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Skipped => "Skipped",
        TaskOutcome.Failed => "Failed",
        _ => "Succeeded",
    };

    private static ConsoleColor Colour(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Lifecycle => ConsoleColor.Cyan,
        TaskOutcome.Failed => ConsoleColor.Red,
        TaskOutcome.Succeeded => ConsoleColor.Green,
        _ => ConsoleColor.Gray,
    };
}
