using System.Runtime.Versioning;

namespace Pipeline.Build.Tests;

/// <summary>When a build script starts MSBuild and what it hands on. On Linux alone.</summary>
[SupportedOSPlatform("linux")]
public abstract class BuildScriptTests(Shell shell) : IAsyncLifetime
{
    private static readonly DateTime LongAgo = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private protected ScriptTree Tree { get; } = new(shell);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Tree.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_first_run_builds_and_the_next_does_not()
    {
        await Tree.RunAsync();
        await Tree.RunAsync();
        Assert.Equal(1, Tree.Builds);
    }

    [Fact]
    public async Task Arguments_and_exit_code_are_handed_on_unchanged()
    {
        var outcome = await Tree.RunWithAsync(
            "HOST_EXIT_CODE",
            "255",
            "--target=Report",
            "--only=a=b c",
            "",
            "*",
            "--x=\"$y\"",
            "~",
            "it's [a]"
        );
        Assert.Equal(
            new(255, $"{Tree.Root}|{Tree.Root}|--target=Report|--only=a=b c||*|--x=\"$y\"|~|it's [a]|", ""),
            outcome
        );
    }

    [Fact]
    public async Task The_host_runs_in_the_folder_of_the_caller_and_knows_the_root()
    {
        foreach (
            var (folder, script) in new[]
            {
                ("/", Tree.Path(shell.Script)),
                (Tree.Path("src"), $"../{shell.Script}"),
                (Tree.Path("src/Room"), $"../../src/../{shell.Script}"),
            }
        )
            Assert.Equal($"{folder}|{Tree.Root}|", (await Tree.RunInAsync(folder, script, [])).Output);
        Assert.Equal(1, Tree.Builds);
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
        await Tree.RunAsync();
        foreach (var input in inputs)
        {
            Tree.Append(input, "\n");
            await Tree.RunAsync();
        }
        await Tree.RunAsync();
        Assert.Equal(1 + inputs.Length, Tree.Builds);
        Assert.DoesNotContain(Tree.Calls, c => c.Contains("--no-incremental", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_input_does_not_count()
    {
        await Tree.RunAsync();
        Tree.Write("src/Room/obj/Made.cs", "2");
        Tree.Write("src/Room/bin/Made.dll", "2");
        Tree.Write("README.md", "2");
        Tree.Write("tests/Room.Tests/Tests.cs", "2");
        await Tree.RunAsync();
        Assert.Equal(1, Tree.Builds);
    }

    [Fact]
    public async Task A_file_that_got_older_compiles_everything()
    {
        await Tree.RunAsync();
        File.SetLastWriteTimeUtc(Tree.Path("src/Room/Code.cs"), LongAgo);
        await Tree.RunAsync();
        Assert.EndsWith("--no-incremental", Tree.Calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_same_time_and_another_size_builds()
    {
        File.SetLastWriteTimeUtc(Tree.Path("src/Room/Code.cs"), LongAgo);
        await Tree.RunAsync();
        Tree.Write("src/Room/Code.cs", "22");
        File.SetLastWriteTimeUtc(Tree.Path("src/Room/Code.cs"), LongAgo);
        await Tree.RunAsync();
        Assert.EndsWith("--no-incremental", Tree.Calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_file_that_the_build_itself_wrote_does_not_compile_everything()
    {
        await Tree.RunAsync();
        Tree.Write("src/Room/packages.lock.json", "{}");
        File.SetLastWriteTimeUtc(Tree.Path("src/Room/packages.lock.json"), LongAgo);
        await Tree.RunAsync();
        Assert.DoesNotContain("--no-incremental", Tree.Calls[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_builds()
    {
        await Tree.RunAsync();
        foreach (
            var file in (string[])
                ["src/Room/Code.cs", "artifacts/bin/Build/release/Pipeline.Build.dll", "artifacts/host.stamp"]
        )
        {
            File.Delete(Tree.Path(file));
            await Tree.RunAsync();
        }
        Assert.Equal(4, Tree.Builds);
    }

    [Fact]
    public async Task Another_source_of_Frosting_builds()
    {
        await Tree.RunAsync();
        await Tree.RunWithAsync("FROSTING_SOURCE", "package");
        Assert.Equal(2, Tree.Builds);
    }

    [Fact]
    public async Task A_failed_build_shows_its_errors_and_starts_no_host()
    {
        Tree.Write("broken", "");
        var outcome = await Tree.RunAsync("--target=Report");
        Assert.Equal(new(1, "", $"a.cs(1,1): error CS1002: ; expected\n{shell.Script}: the build failed.\n"), outcome);
    }

    [Fact]
    public async Task A_failed_build_is_tried_again_and_compiles_only_what_changed_since()
    {
        await Tree.RunAsync();
        Tree.Write("broken", "");
        Tree.Write("src/Room/Code.cs", "22");
        await Tree.RunAsync();
        await Tree.RunAsync();
        File.Delete(Tree.Path("broken"));
        Tree.Write("src/Room/Code.cs", "333");
        Assert.Equal(0, (await Tree.RunAsync()).ExitCode);
        Assert.Equal(4, Tree.Builds);
        Assert.DoesNotContain(Tree.Calls, c => c.Contains("--no-incremental", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_runs_at_once_build_once()
    {
        Tree.Write("slow", "");
        var outcomes = await Task.WhenAll(Tree.RunAsync("a"), Tree.RunAsync("b"), Tree.RunAsync("c"));
        Assert.Equal(["a", "b", "c"], outcomes.Select(o => o.Output.Split('|')[^2]));
        Assert.All(outcomes, o => Assert.StartsWith(Tree.Root, o.Output, StringComparison.Ordinal));
        Assert.Equal(1, Tree.Builds);
    }

    [Fact]
    public async Task An_SDK_that_is_too_old_is_told_in_one_sentence()
    {
        Tree.Write("no-sdk", "");
        Assert.Equal(
            new(
                1,
                "",
                $"{shell.Script}: the .NET SDK 10.0.100 or a later 10.0 is needed, with dotnet on PATH: https://dotnet.microsoft.com/download\n"
            ),
            await Tree.RunAsync()
        );
    }

    [Fact]
    public async Task No_home_folder_is_told_in_one_sentence()
    {
        Tree.Write("no-home", "");
        Assert.Equal(
            new(
                1,
                "",
                $"{shell.Script}: dotnet needs a home folder that it can write to: set HOME, or DOTNET_CLI_HOME, to one.\n"
            ),
            await Tree.RunAsync()
        );
    }

    [Fact]
    public async Task No_SDK_at_all_is_told_in_one_sentence()
    {
        Tree.Write("programs/nothing", "");
        foreach (var program in (string[])["bash", "sed", "cut"])
            File.CreateSymbolicLink(
                Tree.Path($"programs/{program}"),
                File.Exists($"/usr/bin/{program}") ? $"/usr/bin/{program}" : $"/bin/{program}"
            );
        Assert.Equal(
            new(
                1,
                "",
                $"{shell.Script}: the .NET SDK 10.0.100 or a later 10.0 is needed, with dotnet on PATH: https://dotnet.microsoft.com/download\n"
            ),
            await Tree.RunWithAsync("PATH", Tree.Path("programs"))
        );
    }
}
