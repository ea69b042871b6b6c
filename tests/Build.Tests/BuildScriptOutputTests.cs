using System.Runtime.Versioning;

namespace Pipeline.Build.Tests;

/// <summary>What a build script does with outputs that were damaged, and in checkouts in odd places. On Linux alone.</summary>
[SupportedOSPlatform("linux")]
public abstract class BuildScriptOutputTests(Shell shell) : IAsyncLifetime
{
    private const string Outputs = "artifacts/bin/Build/release";

    private protected ScriptTree Tree { get; } = new(shell);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Tree.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("Pipeline.Build.dll", 0)]
    [InlineData("Pipeline.Build.dll", 3)]
    [InlineData("Pipeline.Networks.dll", 0)]
    [InlineData("Pipeline.Networks.dll", 3)]
    [InlineData("Pipeline.Networks.dll", -1)]
    public async Task A_damaged_output_is_built_again(string name, int length)
    {
        await Tree.RunAsync();
        var path = Tree.Path($"{Outputs}/{name}");
        if (length < 0)
            File.Delete(path);
        else
            Truncate(path, length);

        Assert.Equal(0, (await Tree.RunAsync()).ExitCode);
        await Tree.RunAsync();

        Assert.Equal(2, Tree.Builds);
        Assert.DoesNotContain("--no-incremental", Tree.Calls[1], StringComparison.Ordinal);
        Assert.Equal(name.Split('.')[1] + "\n", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Where_what_was_compiled_is_damaged_too_everything_is_compiled()
    {
        await Tree.RunAsync();
        Truncate(Tree.Path("obj/Networks"), 3);
        Truncate(Tree.Path($"{Outputs}/Pipeline.Networks.dll"), 3);

        Assert.Equal(0, (await Tree.RunAsync()).ExitCode);
        await Tree.RunAsync();

        Assert.Equal(3, Tree.Builds);
        Assert.EndsWith("--no-incremental", Tree.Calls[2], StringComparison.Ordinal);
        Assert.Equal("Networks\n", await File.ReadAllTextAsync(Tree.Path($"{Outputs}/Pipeline.Networks.dll")));
    }

    [Fact]
    public async Task An_output_that_another_build_wrote_anew_is_none_to_build()
    {
        await Tree.RunAsync();
        File.SetLastWriteTimeUtc(Tree.Path($"{Outputs}/Pipeline.Networks.dll"), DateTime.UtcNow.AddSeconds(5));
        await Tree.RunAsync();
        Assert.Equal(1, Tree.Builds);
    }

    [Fact]
    public async Task After_a_build_that_was_killed_everything_is_compiled()
    {
        await Tree.RunAsync();
        Tree.Write("artifacts/host.begun", "");
        Tree.Write("src/Room/Code.cs", "22");
        await Tree.RunAsync();
        Tree.Write("src/Room/Code.cs", "333");
        await Tree.RunAsync();
        Assert.EndsWith("--no-incremental", Tree.Calls[1], StringComparison.Ordinal);
        Assert.DoesNotContain("--no-incremental", Tree.Calls[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "dumb")]
    [InlineData("", "xterm")]
    public async Task Who_wants_no_color_gets_no_escape_sequence(string value, string terminal)
    {
        await Tree.RunInAsync(Tree.Root, $"./{shell.Script}", [new("NO_COLOR", value), new("TERM", "xterm")]);

        Assert.Equal(terminal, await File.ReadAllTextAsync(Tree.Path("terminal")));
    }

    [Fact]
    public async Task A_link_to_the_script_and_a_link_to_that_start_it_where_it_is()
    {
        var (link, linkToThat) = ($"elsewhere/{shell.Script}", $"elsewhere/bin/pl{Path.GetExtension(shell.Script)}");
        Directory.CreateDirectory(Tree.Path("elsewhere/bin"));
        File.CreateSymbolicLink(Tree.Path(link), $"../{shell.Script}");
        File.CreateSymbolicLink(Tree.Path(linkToThat), Tree.Path(link));
        foreach (var script in (string[])[link, linkToThat])
            Assert.Equal(new(0, $"/|{Tree.Root}|", ""), await Tree.RunInAsync("/", Tree.Path(script), []));
        Assert.False(Directory.Exists(Tree.Path("elsewhere/bin/artifacts")));
        Assert.Equal(1, Tree.Builds);
    }

    [Theory]
    [InlineData("50%20")]
    [InlineData("a;b")]
    [InlineData("a*b")]
    public async Task A_folder_whose_name_MSBuild_misreads_is_told_in_one_sentence(string name)
    {
        using var odd = new ScriptTree(shell, name);
        Assert.Equal(
            new(
                1,
                "",
                $"{shell.Script}: MSBuild can't build in {odd.Root}, since its name holds one of % ; * ?: rename the folder, or clone into another.\n"
            ),
            await odd.RunAsync()
        );
    }

    [Theory]
    [InlineData("a,b=c")]
    [InlineData("a b'c[d]")]
    public async Task Other_signs_in_the_folders_name_do_no_harm(string name)
    {
        using var odd = new ScriptTree(shell, name);
        Assert.Equal(new(0, $"{odd.Root}|{odd.Root}|", ""), await odd.RunAsync());
        await odd.RunAsync();
        Assert.Equal(1, odd.Builds);
    }

    private static void Truncate(string path, int length)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(length);
    }
}
