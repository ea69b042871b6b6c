using System.Text.RegularExpressions;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

/// <summary>What a run of a host left behind. Durations are zero, and a line that ends in blanks ends in <c>|</c> instead.</summary>
internal sealed partial record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a host of some tasks in this process.</summary>
    public static Outcome Of(Type[] tasks, params string[] arguments) => Of(tasks, host => host, arguments);

    /// <inheritdoc cref="Of(Type[], string[])"/>
    public static Outcome Of(Type[] tasks, Func<CakeHost, CakeHost> configure, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CakeHost(new PlainConsole(output, error)).AddTasks(tasks);
        var exitCode = configure(host).Run(arguments);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The output as a snapshot.</summary>
    public string Snapshot => TrailingBlanks.Replace(Duration.Replace(Output, "00:00:00.0000000"), "|");

    /// <summary>The lines that tasks wrote: no headers, no table, no empty lines.</summary>
    public string[] Lines =>
        Headers.Replace(Output, "").Split("\nTask    ")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\d\d:\d\d:\d\d(\.\d{7}|        )", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duration { get; }

    [GeneratedRegex(" +$", RegexOptions.Multiline, 1000)]
    private static partial Regex TrailingBlanks { get; }

    [GeneratedRegex("^[=-]{40}\n.*\n[=-]{40}\n", RegexOptions.Multiline, 1000)]
    private static partial Regex Headers { get; }
}
