using Cake.Core;
using Spectre.Console;

namespace Cake.Frosting;

/// <summary>A console without colours, for pipes: Cake's own writes colours into them where <c>TERM</c> or the CI service say so.</summary>
internal sealed class PlainConsole(TextWriter output, TextWriter error) : IConsole
{
    public ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public bool SupportAnsiEscapeCodes => false;

    /// <summary>The console of the process: Cake's on a terminal, unless <c>NO_COLOR</c> is set.</summary>
    public static IConsole OrTerminal()
    {
        var isTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
        return isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            ? new CakeConsole(new CakeEnvironment(new CakePlatform(), new CakeRuntime()))
            : new PlainConsole(Console.Out, Console.Error);
    }

    /// <summary>The same console, as what is drawn with Spectre.Console needs it.</summary>
    public IAnsiConsole ForDrawing()
    {
        var settings = new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        };
        var console = AnsiConsole.Create(settings);
        console.Profile.Capabilities.Unicode = true;
        console.Profile.Width = 100;
        return console;
    }

    public void Write(string format, params object[] arg) => output.Write(format, arg);

    public void WriteLine(string format, params object[] arg) => output.WriteLine(format, arg);

    public void WriteError(string format, params object[] arg) => error.Write(format, arg);

    public void WriteErrorLine(string format, params object[] arg) => error.WriteLine(format, arg);

    public void ResetColor() { }
}
