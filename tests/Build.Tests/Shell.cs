using System.Reflection;

namespace Pipeline.Build.Tests;

/// <summary>What runs a build script.</summary>
/// <param name="Script">The script's name.</param>
/// <param name="Program">The program.</param>
/// <param name="Options">What it is given before the script and its arguments.</param>
public sealed record Shell(string Script, string Program, params string[] Options)
{
    public static Shell Bash { get; } = new("build.sh", "bash");

    /// <summary>PowerShell, which comes as a package and is run by the runtime that runs the tests.</summary>
    public static Shell PowerShell { get; } =
        new(
            "build.ps1",
            Environment.ProcessPath!,
            typeof(Shell)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "PowerShell")
                .Value!,
            "-NoProfile",
            "-NonInteractive",
            "-File"
        );
}
