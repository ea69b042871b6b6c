using Cake.Core;

namespace Pipeline.Build;

/// <summary>Builds and starts the benchmark's table.</summary>
internal static class BenchmarkRun
{
    /// <summary>Runs it to its end; what it prints is passed through.</summary>
    /// <exception cref="CakeException">It could not be built, or an engine failed.</exception>
    public static void Execute(string root)
    {
        if (Dotnet.Run(root, "run", "--project", "tests/Benchmarks", "-c", "Release", "--", "table") != 0)
            throw new CakeException("The benchmark did not come to its end: the reason stands above.");
    }
}
