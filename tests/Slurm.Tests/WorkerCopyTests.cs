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
        var from = Given.Program(folder.File("from"));
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

    [Theory]
    [InlineData("native", "libx.so")]
    [InlineData("native", "runtimes/linux-x64/native/libx.so")]
    [InlineData("runtimeTargets", "libx.so")]
    [InlineData("runtimeTargets", "runtimes/linux-x64/native/libx.so")]
    public void Native_libraries_are_linked_where_they_lie(string kind, string place)
    {
        var from = Program(
            $$"""{ "Lib/1.0.0": { "{{kind}}": { "runtimes/linux-x64/native/libx.so": { "rid": "linux-x64" } } } }"""
        );
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File($"from/{place}"))!);
        File.WriteAllText(folder.File($"from/{place}"), "native");

        WorkerCopy.To(from, folder.File("to"));

        Assert.Equal(folder.File($"from/{place}"), new FileInfo(folder.File($"to/{place}")).LinkTarget);
        Assert.Equal("native", File.ReadAllText(folder.File($"to/{place}")));
        Assert.Equal(4, Directory.EnumerateFiles(folder.File("to"), "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void Native_libraries_of_other_systems_are_not_there() =>
        Assert.Equal(
            folder.File("to/Pipeline.Worker.dll"),
            WorkerCopy.To(
                Program("""{ "Lib/1.0.0": { "runtimeTargets": { "runtimes/osx/native/libx.dylib": {} } } }"""),
                folder.File("to")
            )
        );

    [Theory]
    [InlineData("../../libx.so")]
    [InlineData("/elsewhere/libx.so")]
    public void No_link_is_made_elsewhere(string name)
    {
        var from = Program($$"""{ "Lib/1.0.0": { "native": { "{{name}}": {} } } }""");
        File.WriteAllText(folder.File("from/libx.so"), "native");

        WorkerCopy.To(from, folder.File("to"));

        Assert.Equal(["from", "to"], Directory.EnumerateDirectories(folder.Path).Select(Path.GetFileName).Order());
        Assert.True(File.Exists(folder.File("to/libx.so")));
    }

    [Fact]
    public void What_is_linked_stays_when_a_job_is_deleted()
    {
        var from = Program("""{ "Lib/1.0.0": { "native": { "libx.so": {} } } }""");
        File.WriteAllText(folder.File("from/libx.so"), "native");
        WorkerCopy.To(from, folder.File("job/program"));

        new JobFolder(folder.File("job")).Delete();

        Assert.False(Directory.Exists(folder.File("job")));
        Assert.True(File.Exists(folder.File("from/libx.so")));
    }

    private string Program(string libraries) => Given.Program(folder.File("from"), libraries);
}
