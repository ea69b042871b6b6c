using System.Runtime.Versioning;

namespace Pipeline.Build.Tests;

/// <summary>What build.sh does with outputs that were damaged, on other systems, and in checkouts in odd places. On Linux alone.</summary>
[SupportedOSPlatform("linux")]
public sealed class BuildScriptOutputTests : IDisposable
{
    private const string Outputs = "artifacts/bin/Build/release";

    private readonly ScriptTree tree = new();

    public void Dispose() => tree.Dispose();

    [Theory]
    [InlineData("Pipeline.Build.dll", 0)]
    [InlineData("Pipeline.Build.dll", 3)]
    [InlineData("Pipeline.Networks.dll", 0)]
    [InlineData("Pipeline.Networks.dll", 3)]
    [InlineData("Pipeline.Networks.dll", -1)]
    public async Task A_damaged_output_is_built_again(string name, int length)
    {
        await tree.RunAsync();
        var path = tree.Path($"{Outputs}/{name}");
        if (length < 0)
            File.Delete(path);
        else
            Truncate(path, length);

        Assert.Equal(0, (await tree.RunAsync()).ExitCode);
        await tree.RunAsync();

        Assert.Equal(2, tree.Builds);
        Assert.DoesNotContain("--no-incremental", tree.Calls[1], StringComparison.Ordinal);
        Assert.Equal(name.Split('.')[1] + "\n", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Where_what_was_compiled_is_damaged_too_everything_is_compiled()
    {
        await tree.RunAsync();
        Truncate(tree.Path("obj/Networks"), 3);
        Truncate(tree.Path($"{Outputs}/Pipeline.Networks.dll"), 3);

        Assert.Equal(0, (await tree.RunAsync()).ExitCode);
        await tree.RunAsync();

        Assert.Equal(3, tree.Builds);
        Assert.EndsWith("--no-incremental", tree.Calls[2], StringComparison.Ordinal);
        Assert.Equal("Networks\n", await File.ReadAllTextAsync(tree.Path($"{Outputs}/Pipeline.Networks.dll")));
    }

    [Fact]
    public async Task An_output_that_another_build_wrote_anew_is_none_to_build()
    {
        await tree.RunAsync();
        File.SetLastWriteTimeUtc(tree.Path($"{Outputs}/Pipeline.Networks.dll"), DateTime.UtcNow.AddSeconds(5));
        await tree.RunAsync();
        Assert.Equal(1, tree.Builds);
    }

    [Fact]
    public async Task After_a_build_that_was_killed_everything_is_compiled()
    {
        await tree.RunAsync();
        tree.Write("artifacts/host.begun", "");
        tree.Write("src/Room/Code.cs", "22");
        await tree.RunAsync();
        tree.Write("src/Room/Code.cs", "333");
        await tree.RunAsync();
        Assert.EndsWith("--no-incremental", tree.Calls[1], StringComparison.Ordinal);
        Assert.DoesNotContain("--no-incremental", tree.Calls[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "dumb")]
    [InlineData("", "xterm")]
    public async Task Who_wants_no_color_gets_no_escape_sequence(string value, string terminal)
    {
        await tree.RunInAsync(tree.Root, "./build.sh", [new("NO_COLOR", value), new("TERM", "xterm")]);

        Assert.Equal(terminal, await File.ReadAllTextAsync(tree.Path("terminal")));
    }

    [Theory]
    [InlineData("-c")]
    [InlineData("-f")]
    public async Task Where_find_has_no_printf_stat_tells_what_changed(string option)
    {
        HidePrintf();
        // The stat of BSD takes its format after -f, that of GNU and of busybox after -c.
        tree.WriteTool(
            "stat",
            $$"""
            [ "$1" = {{option}} ] || exit 1
            format=$(printf %s "$2" | sed 's/%Fm/%.Y/; s/%z/%s/; s/%N/%n/'); shift 2
            exec /usr/bin/stat -c "$format" "$@"
            """
        );
        await tree.RunAsync();
        await tree.RunAsync();
        Assert.Equal(1, tree.Builds);
        tree.Write("src/Room/Code.cs", "2");
        await tree.RunAsync();
        Truncate(tree.Path($"{Outputs}/Pipeline.Networks.dll"), 0);
        await tree.RunAsync();
        await tree.RunAsync();
        Assert.Equal(3, tree.Builds);
    }

    [Fact]
    public async Task Where_nothing_tells_times_it_always_builds()
    {
        HidePrintf();
        tree.WriteTool("stat", "exit 1\n");
        await tree.RunAsync();
        Assert.Equal(0, (await tree.RunAsync()).ExitCode);
        Assert.Equal(2, tree.Builds);
    }

    [Fact]
    public async Task A_link_to_the_script_and_a_link_to_that_start_it_where_it_is()
    {
        Directory.CreateDirectory(tree.Path("elsewhere/bin"));
        File.CreateSymbolicLink(tree.Path("elsewhere/build"), "../build.sh");
        File.CreateSymbolicLink(tree.Path("elsewhere/bin/pl"), tree.Path("elsewhere/build"));
        foreach (var script in (string[])["elsewhere/build", "elsewhere/bin/pl"])
            Assert.Equal(new(0, $"/|{tree.Root}|", ""), await tree.RunInAsync("/", tree.Path(script), []));
        Assert.False(Directory.Exists(tree.Path("elsewhere/bin/artifacts")));
        Assert.Equal(1, tree.Builds);
    }

    [Theory]
    [InlineData("50%20")]
    [InlineData("a;b")]
    [InlineData("a*b")]
    public async Task A_folder_whose_name_MSBuild_misreads_is_told_in_one_sentence(string name)
    {
        using var odd = new ScriptTree(name);
        Assert.Equal(
            new(
                1,
                "",
                $"build.sh: MSBuild can't build in {odd.Root}, since its name holds one of % ; * ?: rename the folder, or clone into another.\n"
            ),
            await odd.RunAsync()
        );
    }

    [Theory]
    [InlineData("a,b=c")]
    [InlineData("a b'c[d]")]
    public async Task Other_signs_in_the_folders_name_do_no_harm(string name)
    {
        using var odd = new ScriptTree(name);
        Assert.Equal(new(0, $"{odd.Root}|{odd.Root}|", ""), await odd.RunAsync());
        await odd.RunAsync();
        Assert.Equal(1, odd.Builds);
    }

    private static void Truncate(string path, int length)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(length);
    }

    private void HidePrintf() =>
        tree.WriteTool(
            "find",
            "case \" $* \" in *' -printf '*) echo 'find: -printf: unknown primary' >&2; exit 1 ;; esac\nexec /usr/bin/find \"$@\"\n"
        );
}
