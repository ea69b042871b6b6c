using System.Reflection;
using Cake.Cli;
using Cake.Core;

namespace Cake.Frosting;

/// <summary>What <c>--info</c> tells: the version of Cake's engine and, as a detail, that of the program.</summary>
internal sealed class EngineVersion : IVersionResolver
{
    /// <summary>The version that the program's description holds, which is where Cake looks for it.</summary>
    public static string OfProgram =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyDescriptionAttribute>()?.Description
            is { Length: > 0 } version
            ? version
            : "Unknown";

    /// <summary>The name of the program.</summary>
    public static string Program => Assembly.GetEntryAssembly()?.GetName().Name ?? "host";

    public string GetVersion() => typeof(CakeEngine).Assembly.GetName().Version!.ToString(3);

    // Cake writes what stands between slashes line by line.
    public string GetProductVersion()
    {
        var cake = typeof(CakeEngine)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion;
        return $"Cake {cake}/{Program} {OfProgram}/.NET {Environment.Version}";
    }
}
