using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Pipeline.Stages.Train.Torch;

namespace Pipeline.Build.Tests;

/// <summary>The table's smallest row, for real. How long it takes is nobody's promise.</summary>
public sealed class BenchmarkTableTests
{
    private const string Row = "digits-6x64-bn";
    private const string Number = @"\d+\.\d+";
    private const string NoTorchSharp = " torchsharp_tuned=NaN torchsharp=NaN";
    private const string Ours = $" ours_min={Number} ours_max={Number}";
    private const string Machine = $@" other_cores=({Number}|NaN) cpu=\S+ processors=\d+ runtime=\.NET_\S+ os=\S+";
    private const string NoVersion = "torchsharp_version=none";

    private static readonly string Program = typeof(BenchmarkTableTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Benchmarks")
        .Value!;

    [Fact]
    public async Task A_row_is_compared_where_PyTorch_is()
    {
        var lines = await SucceedAsync(python: null, ["--no-torchsharp"]);

        if (!lines[1].StartsWith("peer: PyTorch ", StringComparison.Ordinal))
        {
            AssertStandsAlone(lines);
            return;
        }
        Only(
            lines,
            $"benchmark {Row} ours={Number} peer={Number} ratio=(?<ratio>{Number}) gemm_share={Number}{NoTorchSharp}"
                + $@" strongest=peer strongest_ratio=\k<ratio>{Ours} strongest_min={Number} strongest_max={Number}"
                + $@"{Machine} peer_version=\S+ {NoVersion}"
        );
        var losses = Only(lines, $"  final training loss: ours (?<ours>{Number}), peer (?<peer>{Number})");
        Assert.Equal(Parse(losses.Groups["ours"]), Parse(losses.Groups["peer"]), tolerance: 0.01);
    }

    [Fact]
    public async Task A_row_stands_alone_where_PyTorch_is_not()
    {
        var lines = await SucceedAsync(python: "/nonexistent", ["--no-torchsharp"]);

        Assert.Equal("PyTorch is not installed: /nonexistent can't be started; our figures stand alone", lines[1]);
        AssertStandsAlone(lines);
    }

    [WithoutLibtorchFact]
    public async Task Where_libtorch_cannot_run_one_line_says_so_and_the_row_follows()
    {
        var misfit = TorchSystem.Misfit();

        var lines = await SucceedAsync(python: "/nonexistent", []);

        Assert.Equal($"torchsharp-tuned, torchsharp: {misfit} The managed backend runs here.", lines[2]);
        AssertStandsAlone(lines);
    }

    [Fact]
    public async Task A_row_that_there_is_not_is_told_in_one_sentence() =>
        Assert.Equal(
            new(1, "", "Error: There is no row or option 'digits-6x64'; the nearest is 'digits-6x64-bn'.\n"),
            await RunAsync(python: null, "table", "digits-6x64")
        );

    private static void AssertStandsAlone(string[] lines)
    {
        Assert.StartsWith("machine: cpu ", lines[0], StringComparison.Ordinal);
        Only(
            lines,
            $"benchmark {Row} ours={Number} gemm_share={Number}{NoTorchSharp} strongest=none strongest_ratio=NaN{Ours}"
                + $" strongest_min=NaN strongest_max=NaN{Machine} peer_version=none {NoVersion}"
        );
        Only(lines, $"gemm: {Number} GFLOP/s .*");
        Assert.DoesNotContain(lines, line => line.Contains(" ratio=", StringComparison.Ordinal));
    }

    private static Match Only(string[] lines, string pattern) =>
        Assert.Single(
            lines.Select(line =>
                Regex.Match(line, $"^{pattern}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            ),
            match => match.Success
        );

    private static async Task<string[]> SucceedAsync(string? python, string[] options)
    {
        var outcome = await RunAsync(python, ["table", Row, "--rounds=1", .. options]);
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        return outcome.Output.Split('\n');
    }

    private static async Task<ScriptOutcome> RunAsync(string? python, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (python is not null)
            start.Environment["PIPELINE_PYTHON"] = python;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    private static double Parse(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);
}
