using System.Diagnostics;
using Pipeline.Artifacts;

namespace Pipeline.Benchmarks;

/// <summary>A row of the table: something that both engines can be timed at.</summary>
/// <param name="id">Its name.</param>
internal abstract class Contest(string id)
{
    /// <summary>Its name.</summary>
    public string Id => id;

    /// <summary>Writes what both engines start from; to be called once, before all else.</summary>
    /// <param name="folder">Where the files go; contests may share them.</param>
    public abstract void Prepare(string folder);

    /// <summary>Floating-point operations of the training's matrix products.</summary>
    public abstract double ProductOperations { get; }

    /// <summary>The cores that train at the same time.</summary>
    public abstract int Cores { get; }

    /// <summary>Has our engine train, in a process of its own.</summary>
    public abstract Measurement TimeOurs();

    /// <summary>Has the peer train the same.</summary>
    public abstract Measurement TimePeer(Peer peer);

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    /// <exception cref="PipelineException">It failed.</exception>
    protected static string Output(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new PipelineException($"{program} failed:\n{output}");
    }
}
