using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Pipeline.Benchmarks;

/// <summary>
/// The kernels under BenchmarkDotNet, in this process: so it is with the settings that every
/// executable of the project has.
/// </summary>
internal static class KernelSwitcher
{
    /// <summary>Runs what BenchmarkDotNet's own arguments choose, such as <c>--filter *Gemm*</c>.</summary>
    /// <returns>The exit code: 0 where something was timed and nothing failed.</returns>
    public static int Run(string[] arguments)
    {
        var config = ManualConfig
            .Create(DefaultConfig.Instance)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Repository.Root, "artifacts", "benchmarks"));
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(KernelSwitcher).Assembly).Run(arguments, config).ToList();
        var allWell = summaries.TrueForAll(summary =>
            !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)
        );
        return allWell && summaries.Count > 0 ? 0 : 1;
    }
}
