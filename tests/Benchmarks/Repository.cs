using System.Reflection;

namespace Pipeline.Benchmarks;

/// <summary>The folder of the project from which this program was built.</summary>
internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "Root")
            .Value!;

    /// <summary>The program that runs the project's command, and its arguments.</summary>
    /// <param name="arguments">Those of the command, such as its target.</param>
    public static (string Program, string[] Arguments) Command(params IEnumerable<string> arguments) =>
        OperatingSystem.IsWindows()
            ? ("pwsh", ["-NoProfile", "-File", Path.Combine(Root, "build.ps1"), .. arguments])
            : (Path.Combine(Root, "build.sh"), [.. arguments]);
}
