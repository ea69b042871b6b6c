using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Tests;

/// <summary>
/// Whatever ends a command, and whenever: what was finished stays finished, nothing torn is left, and the same command goes on to the
/// bytes of one that nothing happened to.
/// </summary>
public sealed partial class FaultTests : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];

    // 60 runs, which between them take about as long as the stages around them.
    private static readonly string Study = Workspace
        .Study.Replace("[relu, gelu]", "[relu, gelu, tanh]", StringComparison.Ordinal)
        .Replace("seeds: 2", "seeds: 5", StringComparison.Ordinal)
        .Replace("epochs: 3", "epochs: 30", StringComparison.Ordinal);

    private readonly Workspace workspace = With(Study);

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_command_that_is_killed_at_any_moment_loses_nothing(int seed)
    {
        const int kills = 25;
        var (random, whole) = (new Random(seed), Undisturbed(Study, out var duration));
        for (var (kill, missing) = (0, int.MaxValue); kill < kills; )
        {
            var results = workspace.Files("results");
            if (KillAfter(duration * random.NextDouble()))
                kill++;
            AssertNothingTorn(whole);
            var left = Missing();
            Assert.InRange(left, 0, missing);
            missing = left;
            if (left > 0 || results.Count < whole.Count)
                continue;
            AssertWhole(whole);
            Directory.Delete(workspace.PathOf("cache"), recursive: true);
            Directory.Delete(workspace.PathOf("results"), recursive: true);
            missing = int.MaxValue;
        }
        AssertWhole(whole);
    }

    [Fact]
    public void A_long_run_goes_on_from_its_checkpoint_each_time_it_is_killed()
    {
        var study = Workspace
            .Study.Replace("[relu, gelu]", "[relu]", StringComparison.Ordinal)
            .Replace("[none, batch]", "[batch]", StringComparison.Ordinal)
            .Replace("[0.03, 0.1]", "[0.03]", StringComparison.Ordinal)
            .Replace("seeds: 2", "seeds: 1", StringComparison.Ordinal)
            .Replace("epochs: 3", "epochs: 3000", StringComparison.Ordinal);
        workspace.Write("experiments/small.yaml", study);
        var (whole, kills, steps) = (Undisturbed(study, out _), 0, 0);

        // Each command is killed when it has come further than the last; one that began anew would keep less at first.
        while (kills < 8)
        {
            using var command = workspace.Start(NoVariables, "--target=Report", "--checkpoint=0s");
            _ = command.StandardError.ReadToEndAsync();
            _ = command.StandardOutput.ReadToEndAsync();
            var (kept, isOver) = (steps, false);
            while (!(isOver = command.WaitForExit(2)) && kept == steps)
                Assert.InRange(kept = StepsKept() ?? kept, steps, int.MaxValue);
            if (isOver)
                break;
            command.Kill(entireProcessTree: true);
            command.WaitForExit();
            (kills, steps) = (kills + 1, kept);
        }

        Assert.InRange(kills, 2, 8);
        AssertWhole(whole);
        Assert.Empty(workspace.Files("cache/checkpoints"));
    }

    [TmpfsTheory]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(0.7)]
    [InlineData(0.95)]
    public void A_disk_that_is_full_ends_the_command_with_a_sentence_and_more_room_lets_it_go_on(double share)
    {
        var whole = Undisturbed(Study, out _);
        workspace.Run("--target=Report", "--cache=" + workspace.PathOf("elsewhere")).Succeeded();
        var needed = Size(workspace.PathOf("elsewhere"));
        Directory.Delete(workspace.PathOf("results"), recursive: true);
        using var disk = new Tmpfs(workspace.PathOf("cache"), (long)(share * needed));

        var full = workspace.Run("--target=Report");

        Assert.Equal(255, full.ExitCode);
        Assert.Contains("make room", full.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", full.Error, StringComparison.Ordinal);
        AssertNothingTorn(whole);
        disk.Remount($"size={4 * needed}");
        AssertWhole(whole);
    }

    [TmpfsTheory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void A_cache_that_turns_read_only_ends_the_command_with_a_sentence_and_it_goes_on_later(double share)
    {
        var whole = Undisturbed(Study, out var duration);
        using var disk = new Tmpfs(workspace.PathOf("cache"), 100 << 20);
        using (var command = workspace.Start(NoVariables, "--target=Report"))
        {
            var error = command.StandardError.ReadToEndAsync();
            _ = command.StandardOutput.ReadToEndAsync();
            Thread.Sleep(duration * share);
            disk.RemountWhenIdle("ro");
            command.WaitForExit();
            var told = error.GetAwaiter().GetResult();
            Assert.DoesNotContain("   at ", told, StringComparison.Ordinal);
            Assert.Equal(command.ExitCode == 0 ? 0 : 255, command.ExitCode);
            Assert.Equal(command.ExitCode == 0, told.Length == 0);
        }
        AssertNothingTorn(whole);

        disk.Remount("rw");
        AssertWhole(whole);
    }

    private static Workspace With(string study)
    {
        var made = new Workspace();
        made.Write("experiments/small.yaml", study);
        return made;
    }

    private static IReadOnlyList<(string Name, string Text)> Undisturbed(string study, out TimeSpan duration)
    {
        using var other = With(study);
        var clock = Stopwatch.StartNew();
        other.Run("--target=Report").Succeeded();
        duration = clock.Elapsed;
        return other.Files("results");
    }

    /// <summary>Starts a report and kills it after a while; whether it lived that long.</summary>
    private bool KillAfter(TimeSpan while_)
    {
        using var command = workspace.Start(NoVariables, "--target=Report");
        _ = command.StandardError.ReadToEndAsync();
        _ = command.StandardOutput.ReadToEndAsync();
        if (command.WaitForExit(while_))
            return false;
        command.Kill(entireProcessTree: true);
        command.WaitForExit();
        return true;
    }

    // What the one run there is has done, as its checkpoint says.
    private int? StepsKept() =>
        workspace.Files("cache/checkpoints") is [var (_, text)]
            ? int.Parse(Steps().Match(text).Groups["count"].Value, CultureInfo.InvariantCulture)
            : null;

    private int Missing() =>
        int.Parse(
            RunsToDo().Match(workspace.Run("--target=Plan").Succeeded()).Groups["count"].Value,
            CultureInfo.InvariantCulture
        );

    private void AssertNothingTorn(IReadOnlyList<(string Name, string Text)> whole)
    {
        var visible = workspace
            .Files("results")
            .Where(file => !file.Name.Contains(".unfinished-", StringComparison.Ordinal));
        Assert.Subset(whole.ToHashSet(), visible.ToHashSet());
    }

    private void AssertWhole(IReadOnlyList<(string Name, string Text)> whole)
    {
        workspace.Run("--target=Report").Succeeded();
        Assert.Equal(whole, workspace.Files("results"));
    }

    private static long Size(string folder) =>
        new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Sum(file => (file.Length + 4095) / 4096 * 4096);

    [GeneratedRegex("^plan: (?<count>[0-9]+) of ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RunsToDo();

    [GeneratedRegex("\"Steps\":(?<count>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Steps();
}
