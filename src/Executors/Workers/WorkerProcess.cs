using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Workers;

/// <summary>A worker that was started: it trains one run after the other until it is disposed of.</summary>
internal sealed class WorkerProcess : IDisposable
{
    // On Unix, the exit code of a process that a signal ended.
    private const int Signalled = 128;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1.5);

    private readonly Process process;
    private readonly LastLines errors = new();

    private WorkerProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <exception cref="PipelineException">It can't train here, or ended.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static WorkerProcess Start(WorkerProgram program, string device, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(
            WorkerProgram.Dotnet,
            [program.Path, $"--backend={program.Backend}", $"--device={device}"]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in WorkerProgram.Environment)
            start.Environment[name] = value;
        var worker = new WorkerProcess(Process.Start(start)!);
        try
        {
            var (word, json) = WorkerLine.ReadAnswer(worker.Read(cancellation));
            return word switch
            {
                WorkerLine.Ready => worker,
                WorkerLine.Refused => throw new PipelineException(JsonSerializer.Deserialize<string>(json)!),
                _ => throw new PipelineException($"A worker began with '{word}', which is no answer: build again."),
            };
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Trains a run.</summary>
    /// <param name="task">The run.</param>
    /// <param name="keeps">Where it keeps checkpoints.</param>
    /// <param name="progress">Takes where it stands, without its index; null for nobody.</param>
    /// <param name="cancellation">Ends the worker; it has a moment for a checkpoint.</param>
    /// <exception cref="PipelineException">It failed, or the worker ended.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the worker is ended then.</exception>
    public RunResult Train(
        RunTask task,
        CheckpointPlace keeps,
        Action<RunningRun>? progress,
        CancellationToken cancellation
    )
    {
        try
        {
            process.StandardInput.WriteLine(WorkerLine.Ask(task, keeps));
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended, which reading tells.
        }
        var isAnswered = false;
        try
        {
            while (true)
            {
                var (word, json) = WorkerLine.ReadAnswer(Read(cancellation));
                isAnswered = word is WorkerLine.Result or WorkerLine.Failed;
                switch (word)
                {
                    case WorkerLine.At:
                        progress?.Invoke(WorkerLine.ReadAt(json));
                        break;
                    case WorkerLine.Result:
                        return ArtifactEncoding.DecodeRunResult(Encoding.UTF8.GetBytes(json));
                    case WorkerLine.Failed:
                        throw new PipelineException(JsonSerializer.Deserialize<string>(json)!);
                    default:
                        throw new PipelineException($"its worker process wrote '{word}', which is no answer");
                }
            }
        }
        finally
        {
            // Its answer would be taken for that of the next run.
            if (!isAnswered)
            {
                Kill();
                process.WaitForExit();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private string Read(CancellationToken cancellation)
    {
        using var ended = cancellation.Register(() => _ = Task.Run(End, CancellationToken.None));
        if (process.StandardOutput.ReadLine() is { } line)
            return line;
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        throw new PipelineException(
            $"its worker process ended with exit code {process.ExitCode}{Signal()}{(errors.IsEmpty ? "" : $"; its last words: {errors}")}"
        );
    }

    private string Signal() =>
        process.ExitCode > Signalled && !OperatingSystem.IsWindows() ? $" (signal {process.ExitCode - Signalled})" : "";

    // The end of its input tells it to stop, for which it has a moment.
    private void End()
    {
        try
        {
            process.StandardInput.Close();
            process.WaitForExit(Moment);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has ended already.
        }
        Kill();
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    /// <summary>The last lines of a text that comes line by line.</summary>
    private sealed class LastLines
    {
        private const int Most = 3;
        private readonly Queue<string> lines = new();

        public bool IsEmpty
        {
            get
            {
                lock (lines)
                    return lines.Count == 0;
            }
        }

        public void Add(string? line)
        {
            if (string.IsNullOrWhiteSpace(line))
                return;
            lock (lines)
            {
                lines.Enqueue(line.Trim());
                if (lines.Count > Most)
                    lines.Dequeue();
            }
        }

        public override string ToString()
        {
            lock (lines)
                return string.Join(" | ", lines);
        }
    }
}
