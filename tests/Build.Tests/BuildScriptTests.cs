using System.Runtime.Versioning;

namespace Pipeline.Build.Tests;

/// <summary>
/// When build.sh starts MSBuild and what it hands on. On Linux alone: Windows has build.ps1, and what other systems have is played.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class BuildScriptTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ScriptTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public async Task The_first_run_builds_and_the_next_does_not()
    {
        await tree.RunAsync();
        await tree.RunAsync();
        Assert.Equal(1, tree.Builds);
    }

    [Fact]
    public async Task Arguments_and_exit_code_are_handed_on_unchanged()
    {
        var outcome = await tree.RunWithAsync(
            "HOST_EXIT_CODE",
            "255",
            "--target=Report",
            "--only=a=b c",
            "",
            "*",
            "--x=\"$y\""
        );
        Assert.Equal(new(255, $"{tree.Root}|{tree.Root}|--target=Report|--only=a=b c||*|--x=\"$y\"|", ""), outcome);
    }

    [Theory]
    [InlineData("<&-", 0)]
    [InlineData(">&-", 1)]
    [InlineData("2>&-", 2)]
    public async Task What_is_closed_is_open_to_nowhere_for_the_host(string closed, int descriptor)
    {
        var outcome = await tree.RunInAsync(tree.Root, "-c", [], $"exec ./build.sh {closed}");

        Assert.Equal(0, outcome.ExitCode);
        var streams = await File.ReadAllLinesAsync(tree.Path("streams"));
        Assert.Equal(3, streams.Length);
        Assert.Equal("/dev/null", streams[descriptor]);
    }

    [Fact]
    public async Task The_host_runs_in_the_folder_of_the_caller_and_knows_the_root()
    {
        foreach (
            var (folder, script) in new[]
            {
                ("/", tree.Path("build.sh")),
                (tree.Path("src"), "../build.sh"),
                (tree.Path("src/Room"), "../../src/../build.sh"),
            }
        )
            Assert.Equal($"{folder}|{tree.Root}|", (await tree.RunInAsync(folder, script, [])).Output);
        Assert.Equal(1, tree.Builds);
    }

    [Fact]
    public async Task A_change_to_any_input_builds_what_changed()
    {
        string[] inputs =
        [
            "src/Room/Code.cs",
            "src/Room/New.cs",
            "src/New/New.csproj",
            "build/Task.cs",
            "Directory.Build.props",
            "Directory.Packages.props",
            "global.json",
            ".editorconfig",
            "NuGet.config",
            "build.ps1",
            "tools/dotnet",
        ];
        await tree.RunAsync();
        foreach (var input in inputs)
        {
            tree.Append(input, "\n");
            await tree.RunAsync();
        }
        await tree.RunAsync();
        Assert.Equal(1 + inputs.Length, tree.Builds);
        Assert.DoesNotContain(tree.Calls, c => c.Contains("--no-incremental", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_input_does_not_count()
    {
        await tree.RunAsync();
        tree.Write("src/Room/obj/Made.cs", "2");
        tree.Write("src/Room/bin/Made.dll", "2");
        tree.Write("README.md", "2");
        tree.Write("tests/Room.Tests/Tests.cs", "2");
        await tree.RunAsync();
        Assert.Equal(1, tree.Builds);
    }

    [Fact]
    public async Task A_file_that_got_older_compiles_everything()
    {
        await tree.RunAsync();
        File.SetLastWriteTimeUtc(tree.Path("src/Room/Code.cs"), LongAgo);
        await tree.RunAsync();
        Assert.EndsWith("--no-incremental", tree.Calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_same_time_and_another_size_builds()
    {
        File.SetLastWriteTimeUtc(tree.Path("src/Room/Code.cs"), LongAgo);
        await tree.RunAsync();
        tree.Write("src/Room/Code.cs", "22");
        File.SetLastWriteTimeUtc(tree.Path("src/Room/Code.cs"), LongAgo);
        await tree.RunAsync();
        Assert.EndsWith("--no-incremental", tree.Calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_file_that_the_build_itself_wrote_does_not_compile_everything()
    {
        await tree.RunAsync();
        tree.Write("src/Room/packages.lock.json", "{}");
        File.SetLastWriteTimeUtc(tree.Path("src/Room/packages.lock.json"), LongAgo);
        await tree.RunAsync();
        Assert.DoesNotContain("--no-incremental", tree.Calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_builds()
    {
        await tree.RunAsync();
        foreach (
            var file in (string[])
                ["src/Room/Code.cs", "artifacts/bin/Build/release/Pipeline.Build.dll", "artifacts/host.stamp"]
        )
        {
            File.Delete(tree.Path(file));
            await tree.RunAsync();
        }
        Assert.Equal(4, tree.Builds);
    }

    [Fact]
    public async Task Another_source_of_Frosting_builds()
    {
        await tree.RunAsync();
        await tree.RunWithAsync("FROSTING_SOURCE", "package");
        Assert.Equal(2, tree.Builds);
    }

    [Fact]
    public async Task A_failed_build_shows_its_errors_and_starts_no_host()
    {
        tree.Write("broken", "");
        var outcome = await tree.RunAsync("--target=Report");
        Assert.Equal(new(1, "", "a.cs(1,1): error CS1002: ; expected\nbuild.sh: the build failed.\n"), outcome);
    }

    [Fact]
    public async Task A_failed_build_is_tried_again_and_compiles_only_what_changed_since()
    {
        await tree.RunAsync();
        tree.Write("broken", "");
        tree.Write("src/Room/Code.cs", "22");
        await tree.RunAsync();
        await tree.RunAsync();
        File.Delete(tree.Path("broken"));
        tree.Write("src/Room/Code.cs", "333");
        Assert.Equal(0, (await tree.RunAsync()).ExitCode);
        Assert.Equal(4, tree.Builds);
        Assert.DoesNotContain(tree.Calls, c => c.Contains("--no-incremental", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_runs_at_once_build_once()
    {
        tree.Write("slow", "");
        var outcomes = await Task.WhenAll(tree.RunAsync("a"), tree.RunAsync("b"), tree.RunAsync("c"));
        Assert.Equal(["a", "b", "c"], outcomes.Select(o => o.Output.Split('|')[^2]));
        Assert.All(outcomes, o => Assert.StartsWith(tree.Root, o.Output, StringComparison.Ordinal));
        Assert.Equal(1, tree.Builds);
    }

    [Fact]
    public async Task An_SDK_that_is_too_old_is_told_in_one_sentence()
    {
        tree.Write("no-sdk", "");
        Assert.Equal(
            new(
                1,
                "",
                "build.sh: the .NET SDK 10.0.100 or a later 10.0 is needed, with dotnet on PATH: https://dotnet.microsoft.com/download\n"
            ),
            await tree.RunAsync()
        );
    }

    [Fact]
    public async Task No_SDK_at_all_is_told_in_one_sentence()
    {
        tree.Write("programs/nothing", "");
        foreach (var program in (string[])["bash", "sed", "cut"])
            File.CreateSymbolicLink(
                tree.Path($"programs/{program}"),
                File.Exists($"/usr/bin/{program}") ? $"/usr/bin/{program}" : $"/bin/{program}"
            );
        Assert.Equal(
            new(
                1,
                "",
                "build.sh: the .NET SDK 10.0.100 or a later 10.0 is needed, with dotnet on PATH: https://dotnet.microsoft.com/download\n"
            ),
            await tree.RunWithAsync("PATH", tree.Path("programs"))
        );
    }
}
