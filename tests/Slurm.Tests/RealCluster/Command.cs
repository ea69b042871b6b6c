using System.Diagnostics;
using System.Text;
using Pipeline.Tests;

namespace Pipeline.Slurm.Tests.RealCluster;

/// <summary>A command of the pipeline that is at work on a cluster.</summary>
internal sealed class Command : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Task<string> error;

    private Command(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync();
        process.OutputDataReceived += (_, line) =>
        {
            lock (output)
                output.Append(line.Data).Append('\n');
        };
        process.BeginOutputReadLine();
    }

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public static Command Start(Workspace workspace, SlurmCluster cluster, params string[] arguments) =>
        new(workspace.Start(cluster.Environ, ["--executor=slurm", .. arguments]));

    /// <summary>The id of the first job that it submitted; null before that.</summary>
    public string? Job()
    {
        const string Word = "submitted as job ";
        var (output, at) = (Output, Output.IndexOf(Word, StringComparison.Ordinal));
        return at < 0 ? null : output[(at + Word.Length)..].Split(' ')[0];
    }

    /// <summary>Kills it.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Interrupts it, as Ctrl-C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>How it ended.</summary>
    public Outcome End()
    {
        process.WaitForExit();
        return new(process.ExitCode, Output, error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }
}
