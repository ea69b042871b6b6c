using System.Diagnostics;
using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;
using Pipeline.Executors.Workers;

namespace Pipeline.Slurm.Tests;

public sealed class WorkerCopyTests : IDisposable
{
    private static readonly string Worker = Path.Combine(AppContext.BaseDirectory, "Pipeline.Worker.dll");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_copy_starts_by_itself()
    {
        var copy = WorkerCopy.To(Worker, folder.File("program"));

        Assert.Equal(folder.File("program/Pipeline.Worker.dll"), copy);
        var start = new ProcessStartInfo(WorkerProgram.Dotnet, [copy, "--job=/nowhere"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment.Remove("SLURM_ARRAY_TASK_ID");
        using var process = Process.Start(start)!;
        Assert.Equal(
            "--job is for tasks that Slurm starts: SLURM_ARRAY_TASK_ID is not set.",
            process.StandardError.ReadToEnd().Trim()
        );
        process.WaitForExit();
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public void Nothing_is_copied_that_the_program_does_not_name()
    {
        var from = Program("""{ "Pipeline.Worker/0.1.0": { "runtime": { "Pipeline.Worker.dll": {} } } }""");
        File.WriteAllText(folder.File("from/other.dll"), "");

        WorkerCopy.To(from, folder.File("to"));

        Assert.Equal(
            ["Pipeline.Worker.deps.json", "Pipeline.Worker.dll", "Pipeline.Worker.runtimeconfig.json"],
            Directory.EnumerateFiles(folder.File("to")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Files_of_packages_lie_beside_the_program()
    {
        var from = Program("""{ "Lib/1.0.0": { "runtime": { "lib/net8.0/Lib.dll": {} } }, "None/1.0.0": {} }""");
        File.WriteAllText(folder.File("from/Lib.dll"), "library");

        WorkerCopy.To(from, folder.File("to"));

        Assert.Equal("library", File.ReadAllText(folder.File("to/Lib.dll")));
    }

    [Fact]
    public void A_program_that_is_not_all_there_is_told_of()
    {
        var from = Program("""{ "Lib/1.0.0": { "runtime": { "lib/net8.0/Lib.dll": {} } } }""");

        Assert.Equal(
            $"The worker's program is not all there (Could not find file '{folder.File("from/Lib.dll")}'): build again.",
            Assert.Throws<PipelineException>(() => WorkerCopy.To(from, folder.File("to"))).Message
        );
    }

    private string Program(string libraries)
    {
        Directory.CreateDirectory(folder.File("from"));
        File.WriteAllText(folder.File("from/Pipeline.Worker.dll"), "program");
        File.WriteAllText(folder.File("from/Pipeline.Worker.runtimeconfig.json"), "{}");
        File.WriteAllText(
            folder.File("from/Pipeline.Worker.deps.json"),
            $$"""{ "targets": { ".NETCoreApp,Version=v10.0": {{libraries}} } }"""
        );
        return folder.File("from/Pipeline.Worker.dll");
    }
}
