using System.Diagnostics;
using Cake.Core;

namespace Pipeline.Build;

/// <summary>The .NET SDK's command.</summary>
internal static class Dotnet
{
    /// <summary>Runs it in a folder, to its end or to a request to end; what it prints is passed through.</summary>
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
