using System.Runtime.Versioning;

namespace Pipeline.Build.Tests;

/// <summary>build.sh. What other systems have is played.</summary>
[SupportedOSPlatform("linux")]
public sealed class BashTests() : BuildScriptTests(Shell.Bash)
{
    [Theory]
    [InlineData("<&-", 0)]
    [InlineData(">&-", 1)]
    [InlineData("2>&-", 2)]
    public async Task What_is_closed_is_open_to_nowhere_for_the_host(string closed, int descriptor)
    {
        var outcome = await Tree.RunInAsync(Tree.Root, "-c", [], $"exec ./build.sh {closed}");

        Assert.Equal(0, outcome.ExitCode);
        var streams = await File.ReadAllLinesAsync(Tree.Path("streams"));
        Assert.Equal(3, streams.Length);
        Assert.Equal("/dev/null", streams[descriptor]);
    }

    [Theory]
    [InlineData("-c")]
    [InlineData("-f")]
    public async Task Where_find_has_no_printf_stat_tells_what_changed(string option)
    {
        HidePrintf();
        // The stat of BSD takes its format after -f, that of GNU and of busybox after -c.
        Tree.WriteTool(
            "stat",
            $$"""
            [ "$1" = {{option}} ] || exit 1
            format=$(printf %s "$2" | sed 's/%Fm/%.Y/; s/%z/%s/; s/%N/%n/'); shift 2
            exec /usr/bin/stat -c "$format" "$@"
            """
        );
        await Tree.RunAsync();
        await Tree.RunAsync();
        Assert.Equal(1, Tree.Builds);
        Tree.Write("src/Room/Code.cs", "2");
        await Tree.RunAsync();
        await File.WriteAllTextAsync(Tree.Path("artifacts/bin/Build/release/Pipeline.Networks.dll"), "");
        await Tree.RunAsync();
        await Tree.RunAsync();
        Assert.Equal(3, Tree.Builds);
    }

    [Fact]
    public async Task Where_nothing_tells_times_it_always_builds()
    {
        HidePrintf();
        Tree.WriteTool("stat", "exit 1\n");
        await Tree.RunAsync();
        Assert.Equal(0, (await Tree.RunAsync()).ExitCode);
        Assert.Equal(2, Tree.Builds);
    }

    private void HidePrintf() =>
        Tree.WriteTool(
            "find",
            "case \" $* \" in *' -printf '*) echo 'find: -printf: unknown primary' >&2; exit 1 ;; esac\nexec /usr/bin/find \"$@\"\n"
        );
}
