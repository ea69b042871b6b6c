using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Execution;

/// <content>Checks the machine.</content>
public sealed partial class Session
{
    /// <summary>Prints what the machine offers, and fails where a study can't be read, a default study lacks its data or the cache can't be written.</summary>
    /// <exception cref="PipelineException">Something needed is missing.</exception>
    public void Doctor()
    {
        var hasFma = Fma.IsSupported || AdvSimd.Arm64.IsSupported;
        output.WriteLine($"runtime       {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})");
        output.WriteLine($"instructions  {InstructionSets()}");
        output.WriteLine($"cores         {PhysicalCores.Count} physical, {Environment.ProcessorCount} logical; --jobs={options.Jobs}");
        output.WriteLine($"cache         {options.Cache}{(options.CacheIsReadOnly ? " (read only)" : "")}");
        var locator = DataSetLocator.For(options, output, cancellation);
        foreach (var name in DataSetLibrary.Known)
            output.WriteLine($"data set      {name}: {Whereabouts(name, DataSetLocator.Reader(name), locator)}");
        foreach (var name in library.Value.Described)
            output.WriteLine($"data set      {name}: {Path.GetDirectoryName(library.Value.Find(name).Locate()[0])}");
        if (!hasFma)
            output.WriteLine("Without fused multiply-add in hardware results are the same, but a run takes hundreds of times as long.");
        if (!options.CacheIsReadOnly)
            cache.Put("doctor"u8);
        foreach (var path in Studies.All(options.Root))
        {
            var plan = Expand(path, StudyOverrides.None);
            foreach (var name in plan.Default ? StudyOperations.DataSets(plan) : [])
                RequireHere(name);
        }
        output.WriteLine("doctor: all is well");
    }

    private static string Whereabouts(string name, DataSetReader reader, DataSetLocator locator) =>
        reader.Files.Count == 0 ? "made when it is asked for"
        : locator.TryLocate(name, reader) is { } paths ? Path.GetDirectoryName(paths[0])!
        : $"not here; {locator.WouldDownload(name, reader) ?? reader.Remedy}";

    // A default study has its data here, or they can be downloaded.
    private void RequireHere(string name)
    {
        var source = library.Value.Find(name);
        if (source.TryLocate() is null && source.WouldDownload is null)
            source.Locate();
    }

    private static string InstructionSets()
    {
        (string Name, bool IsThere)[] sets =
        [
            ("AVX-512", Avx512F.IsSupported), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("NEON", AdvSimd.Arm64.IsSupported),
        ];
        var there = sets.Where(set => set.IsThere).Select(set => set.Name).ToList();
        return there.Count > 0 ? string.Join(", ", there) : "none beyond the baseline";
    }
}
