using System.Diagnostics;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

/// <summary>The sample as a process of its own: what a host finds in its own assembly, and what a shell sees of it.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task A_host_finds_the_tasks_of_the_program_it_stands_in()
    {
        var (exitCode, output, _) = await RunAsync("--description");
        Assert.Equal(0, exitCode);
        Assert.Contains("\n  Wipe ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("AbstractTask", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_ends_with_255_and_a_sentence_on_the_error_stream()
    {
        var (exitCode, output, error) = await RunAsync("--target=Compile", "--fail=compile");
        Assert.Equal(255, exitCode);
        Assert.Equal("An error occurred when executing task 'Compile'.\nError: compile broke.\n", error);
        Assert.Contains("Failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_the_description_of_the_program() =>
        Assert.Equal((0, "0.1.0\n", ""), await RunAsync("--version"));

    [Fact]
    public async Task Info_tells_the_version_of_Cake_and_of_the_program()
    {
        var (exitCode, output, error) = await RunAsync("--info");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("\nVersion: 7.0.0\nDetails: Cake 7.0.0+", output, StringComparison.Ordinal);
        Assert.Contains("\n         Pipeline.Frosting.Sample 0.1.0\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--info")]
    [InlineData("--tree")]
    [InlineData("--description")]
    [InlineData("--target=Levels", "--verbosity=Diagnostic")]
    [InlineData("--target=Compile", "--fail=compile")]
    public async Task A_pipe_gets_no_colours_whatever_the_terminal_is(params string[] arguments)
    {
        var (_, output, error) = await RunAsync(arguments);
        Assert.DoesNotContain("\e", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("inner")]
    public async Task A_working_folder_is_relative_to_that_of_the_caller(string folder)
    {
        var caller = Directory.CreateTempSubdirectory("frosting");
        caller.CreateSubdirectory("inner");
        var (_, output, _) = await RunInAsync(caller.FullName, "--target=Here", "--working", folder);
        Assert.Contains($"\n{(folder == "." ? caller.Name : folder)}\n", output, StringComparison.Ordinal);
        caller.Delete(recursive: true);
    }

    [Fact]
    public async Task A_working_folder_that_is_not_there_is_named()
    {
        var (exitCode, _, error) = await RunAsync("--working=/nowhere/at/all");
        Assert.Equal((255, "Error: The working directory '/nowhere/at/all' does not exist.\n"), (exitCode, error));
    }

    [Fact]
    public void The_tasks_of_another_assembly_can_be_added()
    {
        var outcome = Outcome.Of(
            [],
            host => host.AddAssembly(typeof(Sample.Echo).Assembly).UseContext<Sample.SampleContext>(),
            "--target=Echo",
            "--jobs=3",
            "--flag"
        );
        Assert.Equal(["flag: null", "jobs: 3", "target: Echo", "3", "True", "no value"], outcome.Lines);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        RunInAsync(Path.GetTempPath(), arguments);

    private static async Task<(int ExitCode, string Output, string Error)> RunInAsync(
        string folder,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Sample.Echo).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Either makes Cake's own console write colours into a pipe.
        (start.Environment["TERM"], start.Environment["GITHUB_ACTION"]) = ("xterm", "1");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}
