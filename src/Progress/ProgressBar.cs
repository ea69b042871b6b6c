using Spectre.Console;

namespace Pipeline.Progress;

/// <summary>A bar on a terminal; nothing where the output goes elsewhere.</summary>
public static class ProgressBar
{
    /// <summary>Does work with a bar on.</summary>
    /// <param name="description">What the bar says at first, as Spectre's markup.</param>
    /// <param name="total">The value of the full bar.</param>
    /// <param name="work">The work; it is handed the bar, or null where there is none.</param>
    public static void Show(string description, double total, Action<ProgressTask?> work)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            work(null);
            return;
        }
        AnsiConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn()
            )
            .Start(context => work(context.AddTask(description, maxValue: total)));
    }
}
