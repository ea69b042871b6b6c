using Spectre.Console;

namespace Pipeline.Progress;

/// <summary>A bar on a terminal that can draw one; nothing where the output goes elsewhere.</summary>
public static class ProgressBar
{
    private const int LongestBar = 40;
    private const int ShortestBar = 10;

    // What stands beside bar and text: the percentage, and a column's margins.
    private const int Rest = 8;

    /// <summary>Whether bars are drawn: not in a pipe, nor where NO_COLOR asks for text without escape sequences.</summary>
    public static bool IsDrawn =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>Does work with a bar on.</summary>
    /// <param name="description">What the bar says at first, as Spectre's markup.</param>
    /// <param name="total">The value of the full bar.</param>
    /// <param name="work">The work; it is handed the bar, or null where there is none.</param>
    public static void Show(string description, double total, Action<ProgressTask?> work)
    {
        if (!IsDrawn)
        {
            work(null);
            return;
        }
        var width = BarWidth(AnsiConsole.Profile.Width);
        ProgressColumn[] columns =
        [
            new TaskDescriptionColumn { Alignment = Justify.Left },
            .. width == 0 ? (ProgressColumn[])[] : [new ProgressBarColumn { Width = width }],
            new PercentageColumn(),
        ];
        AnsiConsole.Progress().Columns(columns).Start(context => work(context.AddTask(description, maxValue: total)));
    }

    /// <summary>The characters that a bar's text may take on a terminal of some width.</summary>
    public static int TextWidth(int terminal) => Math.Max(0, terminal - BarWidth(terminal) - Rest);

    /// <summary>The first of some texts that is no longer than a width; the last where none is.</summary>
    public static string Fit(IReadOnlyList<string> texts, int width) =>
        texts.FirstOrDefault(text => text.Length <= width) ?? texts[^1];

    // A fifth of the terminal; none where that is too short to see anything.
    private static int BarWidth(int terminal) =>
        terminal / 5 is >= ShortestBar and var bar ? Math.Min(bar, LongestBar) : 0;
}
