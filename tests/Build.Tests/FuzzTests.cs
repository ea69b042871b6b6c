using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Pipeline.Build.Tests;

/// <summary>Some thousand wrong inputs for each reader of what a project may get from elsewhere; --target=Fuzz gives more.</summary>
public sealed partial class FuzzTests
{
    private const int Inputs = 2000;

    private static readonly string Program = typeof(FuzzTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Fuzz")
        .Value!;

    [Fact]
    public async Task Wrong_inputs_are_refused_in_one_sentence_in_time_and_in_little_memory()
    {
        var (exitCode, output, error) = await RunAsync("--seed=11", $"--inputs={Inputs}");

        Assert.True(exitCode == 0, output + error);
        var readers = Line().Matches(output);
        Assert.All(readers, reader => Assert.Equal(Inputs, Number(reader, "inputs")));
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "study",
                "csv",
                "gzip",
                "idx-images",
                "npy-features",
                "cifar10",
                "plan",
                "run-result",
                "checkpoint",
                "manifest",
                "claims.csv",
                "manifest.json",
            },
            readers.Select(reader => reader.Groups["name"].Value).ToHashSet(StringComparer.Ordinal)
        );
        // Most mutations matter, and some don't; of a cache nothing is refused, but read as if it weren't there.
        Assert.All(
            readers.Where(reader => Number(reader, "refused") > 0),
            reader => Assert.InRange(Number(reader, "refused"), Inputs / 4, Inputs - 10)
        );
        Assert.Equal(3, readers.Count(reader => Number(reader, "refused") == 0));
        Assert.EndsWith($"fuzz: {readers.Count * Inputs} inputs, 0 failed\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_that_there_is_not_is_told_in_one_sentence()
    {
        var (exitCode, _, error) = await RunAsync("--second=1");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("--second=1 is not possible: ", error, StringComparison.Ordinal);
    }

    private static int Number(Match reader, string name) =>
        int.Parse(reader.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    private static async Task<ScriptOutcome> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    [GeneratedRegex(
        @"^fuzz (?<name>[a-z0-9.-]+): (?<inputs>\d+) inputs, (?<refused>\d+) refused, 0 failed$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Line();
}
