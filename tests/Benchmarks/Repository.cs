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
}
