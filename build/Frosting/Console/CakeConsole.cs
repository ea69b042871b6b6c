namespace Cake.Frosting;

/// <summary>The console: an output, an error stream, and colours where they can be seen.</summary>
internal sealed class CakeConsole(TextWriter output, TextWriter error, bool hasColours)
{
    /// <summary>The process's console, in colour on a terminal unless <c>NO_COLOR</c> is set.</summary>
    public static CakeConsole OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
        return new(Console.Out, Console.Error, isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
    }

    public void WriteLine(string text = "", ConsoleColor? colour = null)
    {
        Write(text, colour);
        output.WriteLine();
    }

    public void Write(string text, ConsoleColor? colour = null, ConsoleColor? background = null, bool isError = false)
    {
        if (hasColours && colour is { } foreground)
            Console.ForegroundColor = foreground;
        if (hasColours && background is { } behind)
            Console.BackgroundColor = behind;
        (isError ? error : output).Write(text);
        if (hasColours && (colour ?? background) is not null)
            Console.ResetColor();
    }

    public void EndLine(bool isError) => (isError ? error : output).WriteLine();
}
