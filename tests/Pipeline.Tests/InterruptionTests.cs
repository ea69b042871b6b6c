using System.Diagnostics;
using System.Globalization;

namespace Pipeline.Tests;

/// <summary>A command that is asked to end does so soon, with the code that shells know, and what it had finished is kept.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const string Sentence =
        "Interrupted: finished runs are kept, and so is how far others were; the same command goes on from there.";

    private const string Epochs = "--set=epochs=3000";

    private static readonly Dictionary<string, string> NoVariables = [];

    // Promised are two seconds; the machine may have other things to do.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_signal_ends_the_training_and_keeps_what_is_finished(string signal, int exitCode)
    {
        using var command = Training();
        var error = command.StandardError.ReadToEndAsync();
        _ = command.StandardOutput.ReadToEndAsync();
        WaitForRun();

        Send(signal, command);

        Assert.Equal(exitCode, EndOf(command));
        Assert.Contains(Sentence, await error, StringComparison.Ordinal);
        Assert.Empty(workspace.Files("results"));
        Assert.InRange(Missing(), 1, 15);
    }

    [Fact]
    public async Task Who_reads_no_further_ends_the_training_as_a_broken_pipe_does()
    {
        using var command = Training();
        var error = command.StandardError.ReadToEndAsync();
        WaitForRun();

        command.StandardOutput.Dispose();

        Assert.Equal(141, EndOf(command));
        Assert.Equal("", await error);
        Assert.InRange(Missing(), 1, 15);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task What_does_not_heed_a_signal_is_ended(string signal, int exitCode)
    {
        using var command = Busy();
        var error = command.StandardError.ReadToEndAsync();

        Send(signal, command);

        Assert.Equal(exitCode, EndOf(command));
        Assert.Equal($"Error: {Sentence}\n", await error);
    }

    [Fact]
    public async Task A_second_signal_ends_the_command_without_another_word()
    {
        using var command = Busy();
        var error = command.StandardError.ReadToEndAsync();

        Send("INT", command);
        // Two that are seen at once count as one that was sent twice.
        do await Task.Delay(200);
        while (TrySend("INT", command) && !command.HasExited);

        Assert.Equal(130, EndOf(command));
        Assert.Equal("", await error);
    }

    [Fact]
    public async Task A_signal_ends_the_reading_of_a_data_file()
    {
        workspace.Write("data/endless.yaml", "format: csv\nheader: true\ntraining: endless.csv\n");
        var rows = Enumerable.Repeat("0.123456789,1.5,a\n1.123456789,2.5,b\n", 1_500_000);
        workspace.Write("data/endless.csv", string.Concat(rows.Prepend("x,y,label\n")));
        workspace.Edit("experiments/small.yaml", "dataset: digits", "dataset: endless");
        using var command = workspace.Start(NoVariables, "--target=Preprocess", $"--data={workspace.PathOf("data")}");
        ReadUntil(command, "dataset endless: new");
        var error = command.StandardError.ReadToEndAsync();
        _ = command.StandardOutput.ReadToEndAsync();

        Send("TERM", command);

        Assert.Equal(143, EndOf(command));
        // The digest of a file that is read is made first.
        Assert.Contains("Error: Interrupted", await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_ignores_that_the_terminal_is_gone_goes_on()
    {
        WriteLongStudy();
        using var command = Process.Start(
            new ProcessStartInfo("nohup", ["dotnet", workspace.Host, "--target=Plan", "--resolved"])
            {
                WorkingDirectory = workspace.Folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PIPELINE_ROOT"] = workspace.Folder, ["PIPELINE_CACHE"] = workspace.PathOf("cache") },
            }
        )!;
        Assert.NotNull(await command.StandardOutput.ReadLineAsync());

        Send("HUP", command);

        // Longer than it would have to end.
        await Task.Delay(TimeSpan.FromSeconds(3));
        _ = command.StandardOutput.ReadToEndAsync();
        Assert.Equal(0, EndOf(command));
    }

    // Sixteen runs of a second or so.
    private Process Training()
    {
        var command = workspace.Start(NoVariables, "--target=Report", "--jobs=1", Epochs);
        ReadUntil(command, "train: small: 16 runs: new");
        return command;
    }

    private void WaitForRun()
    {
        var before = Entries();
        WaitFor(() => Entries() > before);

        int Entries() =>
            Directory.EnumerateFiles(workspace.PathOf("cache/ac"), "*", SearchOption.AllDirectories).Count();
    }

    // It writes more than a pipe holds, of which nobody reads more than a line, and asks for nothing meanwhile.
    private Process Busy()
    {
        WriteLongStudy();
        var command = workspace.Start(NoVariables, "--target=Plan", "--resolved");
        Assert.NotNull(command.StandardOutput.ReadLine());
        return command;
    }

    private void WriteLongStudy()
    {
        var rates = Enumerable.Range(1, 20_000).Select(i => (i * 1e-6).ToString("F6", CultureInfo.InvariantCulture));
        workspace.Edit("experiments/small.yaml", "[0.03, 0.1]", $"[{string.Join(", ", rates)}]");
    }

    private int Missing() =>
        int.Parse(workspace.Run("--target=Plan", Epochs).Line("plan").Split(' ')[1], CultureInfo.InvariantCulture);

    private static void ReadUntil(Process command, string line)
    {
        while (command.StandardOutput.ReadLine() is { } read)
        {
            if (read == line)
                return;
        }
        Assert.Fail($"'{line}' was never printed: {command.StandardError.ReadToEnd()}");
    }

    private static void WaitFor(Func<bool> condition)
    {
        while (!condition())
            Thread.Sleep(20);
    }

    private static void Send(string signal, Process command) => Assert.True(TrySend(signal, command));

    private static bool TrySend(string signal, Process command)
    {
        var start = new ProcessStartInfo("kill", [$"-{signal}", command.Id.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var kill = Process.Start(start)!;
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }

    private static int EndOf(Process command)
    {
        if (command.WaitForExit(Soon))
            return command.ExitCode;
        command.Kill();
        throw new TimeoutException("The command goes on.");
    }
}
