using System.Diagnostics;
using Cake.Core;

namespace Pipeline.Build;

/// <summary>The .NET SDK's command.</summary>
internal static class Dotnet
{
    /// <summary>Runs it to its end in a folder; what it prints is passed through. A request to end ends it and what it has started.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="CakeException">It could not be started.</exception>
    public static int Run(string folder, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder })
            ?? throw new CakeException("dotnet could not be started: install the .NET SDK that global.json names.");
        using var ending = Interruption.Token.Register(() => process.Kill(entireProcessTree: true));
        process.WaitForExit();
        return process.ExitCode;
    }
}
