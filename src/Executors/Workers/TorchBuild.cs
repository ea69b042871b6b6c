using System.Diagnostics;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Stages.Train.Torch;

namespace Pipeline.Executors.Workers;

/// <summary>
/// Builds a program with TorchSharp, in a folder of its own below <c>artifacts/</c>, when it
/// isn't there or the sources changed.
/// </summary>
/// <param name="root">The folder of the project.</param>
/// <param name="output">Where to tell that it takes a while.</param>
/// <param name="program">The program's folder below that of the project: the worker's, unless another is named.</param>
public sealed class TorchBuild(string root, TextWriter output, string program = TorchBuild.Worker)
{
    private const string Worker = "src/Executors/Worker";

    private readonly Lock gate = new();
    private string? built;

    /// <summary>Why the program can't run here, or null.</summary>
    internal Func<string?> Misfit { get; init; } = TorchSystem.Misfit;

    /// <summary>Ends a build, so that none goes on where the next one writes.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Whether the program is there, built from the sources as they are.</summary>
    public bool IsBuilt(TorchDevices devices) => IsBuilt(Artifacts(Kind(devices)), Inputs());

    /// <summary>The folder of the program.</summary>
    /// <exception cref="PipelineException">It can't run here, or the build failed.</exception>
    /// <exception cref="OperationCanceledException">The build was ended.</exception>
    public string Folder(TorchDevices devices)
    {
        lock (gate)
            return built ??= Build(Kind(devices));
    }

    private string Build(string kind)
    {
        // Before anything is downloaded that could not be used.
        if (Misfit() is { } sentence)
            throw new PipelineException($"{sentence} The managed backend runs here.");
        var artifacts = Artifacts(kind);
        Directory.CreateDirectory(artifacts);
        using var only = Alone(Path.Combine(artifacts, "build.lock"));
        var folder = Path.Combine(artifacts, "bin", Path.GetFileName(program), "release");
        var (now, stamp) = (Inputs(), Stamp(artifacts));
        if (IsBuilt(artifacts, now))
            return folder;
        if (program == Worker)
            File.Delete(stamp);
        var size = kind == "cpu" ? "0.6 GB" : "several GB";
        output.WriteLine($"torch: building it in artifacts/torch-{kind}; the first time, {size} are restored");
        var watch = Stopwatch.StartNew();
        Compile(kind, artifacts);
        output.WriteLine($"torch: built in {watch.Elapsed.TotalSeconds:0} s");
        if (now is not null)
            File.WriteAllText(stamp, now);
        return folder;
    }

    private static string Kind(TorchDevices devices) => devices.AreGpus ? "cuda" : "cpu";

    private static string Stamp(string artifacts) => Path.Combine(artifacts, "build.stamp");

    private static bool IsBuilt(string artifacts, string? now) =>
        now is not null && Stamp(artifacts) is var stamp && File.Exists(stamp) && File.ReadAllText(stamp) == now;

    private string Artifacts(string kind) => Path.Combine(root, "artifacts", $"torch-{kind}");

    // What the build of the host was made from; it lists the sources of the worker too, but of no other program.
    private string? Inputs()
    {
        if (program != Worker)
            return null;
        var stamp = Path.Combine(root, "artifacts", "host.stamp");
        return File.Exists(stamp) ? File.ReadAllText(stamp) : null;
    }

    private void Compile(string kind, string artifacts)
    {
        var start = new ProcessStartInfo(
            WorkerProgram.Dotnet,
            [
                "build",
                $"{program}/{Path.GetFileName(program)}.csproj",
                "-c",
                "Release",
                // MSBuild takes a changed file with an old time for unchanged, and half a file of a build that was killed for whole.
                "--no-incremental",
                $"-p:Torch={kind}",
                "-p:CreateHardLinksForCopyFilesToOutputDirectoryIfPossible=true",
                "--artifacts-path",
                artifacts,
                "--nologo",
                "-v",
                "quiet",
                "-tl:off",
                "-clp:ErrorsOnly",
            ]
        )
        {
            WorkingDirectory = root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var log = Path.Combine(artifacts, "build.log");
        using var process = Process.Start(start)!;
        using var ending = Stop.Register(() => process.Kill(entireProcessTree: true));
        using (var lines = TextWriter.Synchronized(new StreamWriter(log)))
        {
            process.OutputDataReceived += (_, line) => lines.WriteLine(line.Data);
            process.ErrorDataReceived += (_, line) => lines.WriteLine(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
        }
        Stop.ThrowIfCancellationRequested();
        if (process.ExitCode == 0)
            return;
        var first = File.ReadLines(log).FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal));
        throw new PipelineException(
            $"The backend torch could not be built: {first?.Trim() ?? "the build said nothing"} (all of it stands in {log})."
        );
    }

    private static FileStream Alone(string path)
    {
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (FileLock.IsHeld(exception))
            {
                Thread.Sleep(200);
            }
        }
    }
}
