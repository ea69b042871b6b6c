using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>The log, which writes to the console; arguments stand out in colour. Lines of several threads don't mix.</summary>
internal sealed class CakeLog(CakeConsole console) : ICakeLog
{
    private readonly Lock gate = new();

    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object?[] args)
    {
        if (verbosity > Verbosity)
            return;
        var isError = level <= LogLevel.Error;
        var (text, behindText, argument, behindArgument) = format == "{0}" ? default : Colours(level);
        lock (gate)
        {
            foreach (var (piece, isArgument) in LogFormat.Pieces(format, args).ToArray())
                console.Write(piece, isArgument ? argument : text, isArgument ? behindArgument : behindText, isError);
            console.EndLine(isError);
        }
    }

    private static (ConsoleColor? Text, ConsoleColor? BehindText, ConsoleColor? Argument, ConsoleColor? BehindArgument) Colours(LogLevel level) =>
        level switch
        {
            LogLevel.Fatal => (ConsoleColor.White, ConsoleColor.Magenta, ConsoleColor.White, ConsoleColor.DarkMagenta),
            LogLevel.Error => (ConsoleColor.White, ConsoleColor.DarkRed, ConsoleColor.White, ConsoleColor.Red),
            LogLevel.Warning => (ConsoleColor.Yellow, null, ConsoleColor.Yellow, null),
            LogLevel.Information => (ConsoleColor.White, null, ConsoleColor.White, ConsoleColor.DarkBlue),
            LogLevel.Verbose => (ConsoleColor.Gray, null, ConsoleColor.White, null),
            _ => (ConsoleColor.DarkGray, null, ConsoleColor.Gray, null),
        };
}
