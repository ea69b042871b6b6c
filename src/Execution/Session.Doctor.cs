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
        var locator = DataSetLocator.For(options);
        foreach (var name in DataSetReaderCatalogue.Names.Select(DataSetLocator.StudyName))
        {
            var reader = DataSetLocator.Reader(name);
            var paths = locator.TryLocate(name, reader);
            output.WriteLine($"data set      {name}: {(paths is null ? $"not here; {reader.Remedy}" : Path.GetDirectoryName(paths[0]))}");
        }
        if (!hasFma)
            output.WriteLine("Without fused multiply-add in hardware results are the same, but a run takes hundreds of times as long.");
        if (!options.CacheIsReadOnly)
            cache.Put("doctor"u8);
        foreach (var path in Studies.All(options.Root))
        {
            var plan = Expand(path, StudyOverrides.None);
            foreach (var name in plan.Default ? StudyOperations.DataSets(plan) : [])
                locator.Locate(name, DataSetLocator.Reader(name));
        }
        output.WriteLine("doctor: all is well");
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
