using System.Collections.Concurrent;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors;
using Pipeline.Executors.Workers;
using Pipeline.Networks;

namespace Pipeline.Worker;

/// <summary>A worker's life: it says whether it is ready, then trains what it is asked to and answers, until its input ends.</summary>
/// <param name="input">Where it is asked.</param>
/// <param name="output">Where it answers.</param>
internal sealed class Session(TextReader input, TextWriter output)
{
    private readonly Dictionary<string, PreparedData> opened = new(StringComparer.Ordinal);

    /// <summary>Runs to the end of the input.</summary>
    /// <param name="arguments"><c>--backend=NAME</c> and <c>--device=NAME</c>.</param>
    /// <returns>The exit code of the process.</returns>
    public int Run(IReadOnlyList<string> arguments)
    {
        Backend backend;
        try
        {
            backend = Backends.Of(Value(arguments, "backend"), Value(arguments, "device"));
        }
        catch (PipelineException e)
        {
            output.WriteLine(WorkerLine.Answer(WorkerLine.Refused, e.Message));
            return 1;
        }
        output.WriteLine(WorkerLine.Ready);
        using var lines = new BlockingCollection<string>();
        using var gone = new CancellationTokenSource();
        // Whoever asked is gone when the input ends: nobody waits for what is being trained.
        var reader = new Thread(() =>
        {
            while (input.ReadLine() is { } line)
                lines.Add(line);
            lines.CompleteAdding();
            gone.Cancel();
        })
        {
            IsBackground = true,
            Name = "input",
        };
        reader.Start();
        try
        {
            foreach (var line in lines.GetConsumingEnumerable())
                output.WriteLine(Answer(line, backend, gone.Token));
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
        return 0;
    }

    private string Answer(string line, Backend backend, CancellationToken cancellation)
    {
        try
        {
            var run = WorkerLine.ReadAsked(line);
            if (!opened.TryGetValue(run.Data, out var data))
                data = opened[run.Data] = PreparedData.Open(run.Data);
            var checkpoints = run.Keeps.Cache is { } cache ? new Checkpoints(cache, Console.Error.WriteLine) : null;
            return WorkerLine.Answer(
                new ResumableTrainer(backend, checkpoints, run.Keeps.Every).Train(
                    run.Key,
                    run.Parameters,
                    data,
                    at => output.WriteLine(WorkerLine.Tell(at)),
                    cancellation
                )
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return WorkerLine.Answer(WorkerLine.Failed, e.Message);
        }
    }

    private static string Value(IReadOnlyList<string> arguments, string name) =>
        arguments.FirstOrDefault(a => a.StartsWith($"--{name}=", StringComparison.Ordinal)) is { } argument
            ? argument[(name.Length + 3)..]
            : throw new PipelineException($"A worker needs --{name}=NAME.");
}
