using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.DataSets;
using Pipeline.Executors;
using Pipeline.Executors.Workers;
using Pipeline.Flow;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Preprocess.DataSets;
using Pipeline.Stages.Train.Torch;

namespace Pipeline.Commands;

/// <summary>Checks the machine.</summary>
public sealed class DoctorCommand(Session session)
{
    /// <summary>
    /// Prints what the machine offers, and fails where a study can't be read, a default study lacks its data
    /// or the cache can't be written.
    /// </summary>
    /// <exception cref="PipelineException">Something needed is missing.</exception>
    public void Run()
    {
        var hasFma = Fma.IsSupported || AdvSimd.Arm64.IsSupported;
        session.Output.WriteLine(
            $"runtime       {RuntimeInformation.FrameworkDescription} "
                + $"on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})"
        );
        session.Output.WriteLine($"instructions  {InstructionSets()}");
        session.Output.WriteLine(
            $"cores         {PhysicalCores.Count} physical, {Environment.ProcessorCount} logical; --jobs={session.Options.Jobs}"
        );
        session.Cache.StayLocal();
        session.Output.WriteLine($"cache         {Cache()}");
        session.Output.WriteLine($"torch         {Torch()}");
        var locator = session.Locator;
        foreach (var name in DataSetLibrary.Known)
            session.Output.WriteLine(
                $"data set      {name}: {Whereabouts(name, DataSetLocator.Reader(name), locator)}"
            );
        foreach (var name in session.Library.Described)
            session.Output.WriteLine($"data set      {name}: {WhereDescribed(name)}");
        if (!hasFma)
            session.Output.WriteLine(
                "Without fused multiply-add in hardware results are the same, but a run takes hundreds of times as long."
            );
        if (!session.Options.CacheIsReadOnly && !DirectoryCache.CanBeWritten(session.Options.Cache))
            throw new PipelineException(
                $"The cache can't write in {session.Options.Cache}; make room or mend the permissions, or choose another folder with --cache."
            );
        foreach (var path in Studies.All(session.Options.Root))
        {
            var plan = session.Plan(path, StudyOverrides.None);
            foreach (var name in plan.Default ? StudyOperations.DataSets(plan) : [])
                RequireHere(name);
        }
        session.Output.WriteLine("doctor: all is well");
    }

    // One that no study names is no matter.
    private string? WhereDescribed(string name)
    {
        try
        {
            return Path.GetDirectoryName(session.Library.Find(name).Locate()[0]);
        }
        catch (Exception e) when (e is PipelineException or StudyException)
        {
            return e.Message;
        }
    }

    private string Cache() =>
        session.Options switch
        {
            { Remote: { } shared, Cache: var folder } =>
                $"{shared} ({(shared.IsReadOnly ? "read only; " : "")}local folder {folder})",
            { CacheIsReadOnly: true, Cache: var folder } => $"{folder} (read only)",
            { Cache: var folder } => folder,
        };

    private static string Torch() =>
        TorchSystem.Misfit()
        ?? $"can be built when --backend=torch asks for it; {TorchDevices.Gpus() switch {
            [] => "no GPU",
            var gpus => $"GPUs: {string.Join(", ", gpus)}",
        }}";

    private static string Whereabouts(string name, DataSetReader reader, DataSetLocator locator) =>
        reader.Files.Count == 0 ? "made when it is asked for"
        : locator.TryLocate(name, reader) is { } paths ? Path.GetDirectoryName(paths[0])!
        : $"not here; {locator.WouldDownload(name, reader) ?? reader.Remedy}";

    // A default study has its data here, or they can be downloaded.
    private void RequireHere(string name)
    {
        var source = session.Library.Find(name);
        if (source.TryLocate() is null && source.WouldDownload is null)
            source.Locate();
    }

    private static string InstructionSets()
    {
        (string Name, bool IsThere)[] sets =
        [
            ("AVX-512", Avx512F.IsSupported),
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),
            ("NEON", AdvSimd.Arm64.IsSupported),
        ];
        var there = sets.Where(set => set.IsThere).Select(set => set.Name).ToList();
        return there.Count > 0 ? string.Join(", ", there) : "none beyond the baseline";
    }
}
