using System.Text.Json;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors;
using Pipeline.Executors.Workers;
using Pipeline.Train.Tests;

namespace Pipeline.Worker.Tests;

public sealed class SessionTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Fact]
    public void It_is_ready_then_answers_each_run_in_a_line_until_its_input_ends()
    {
        using var input = new Script(Ask(("seed", Scalar.Of(1L))), Ask(("batch_size", Scalar.Of(1000L))), "nonsense");

        var answers = Answers(input, "--backend=managed", "--device=cpu");

        Assert.Equal(["ready", "result", "failed", "failed"], answers.Select(answer => answer.Word));
        Assert.Equal(
            ArtifactEncoding.Encode(clusters.Run(("seed", Scalar.Of(1L)))),
            ArtifactEncoding.Encode(
                ArtifactEncoding.DecodeRunResult(System.Text.Encoding.UTF8.GetBytes(answers[1].Json))
            )
        );
        Assert.StartsWith("batch_size is 1000", Sentence(answers[2]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--backend=torch", "This worker has no backend torch on cpu: build it with that backend.")]
    [InlineData("--backend=none", "This worker has no backend none on cpu: build it with that backend.")]
    [InlineData("--bakend=managed", "A worker needs --backend=NAME.")]
    public void What_it_cannot_do_it_refuses(string backend, string sentence)
    {
        using var input = new Script();

        var refusal = Assert.Single(Answers(input, backend, "--device=cpu"));

        Assert.Equal("refused", refusal.Word);
        Assert.Equal(sentence, Sentence(refusal));
    }

    private static string? Sentence((string Word, string Json) answer) =>
        JsonSerializer.Deserialize<string>(answer.Json);

    private static List<(string Word, string Json)> Answers(Script input, params string[] arguments)
    {
        using var output = new Answered(input);
        new Session(input, output).Run(arguments);
        return output.Lines;
    }

    private string Ask(params (string Key, Scalar Value)[] changes)
    {
        var parameters = Spec.With(changes);
        return WorkerLine.Ask(
            new RunTask(
                new StageKey("train", parameters, KeyPart.Empty, KeyPart.Empty),
                parameters,
                clusters.File,
                "managed"
            ),
            new(Cache: null, TimeSpan.FromMinutes(1))
        );
    }

    /// <summary>Lines to read; the end comes once all were answered, since it stops a worker in the middle of a run.</summary>
    private sealed class Script(params string[] lines) : TextReader
    {
        private readonly SemaphoreSlim answered = new(0);
        private int next;

        public override string? ReadLine()
        {
            if (next < lines.Length)
                return lines[next++];
            for (var i = 0; i < lines.Length; i++)
                answered.Wait();
            return null;
        }

        public void Answer() => answered.Release();

        protected override void Dispose(bool disposing)
        {
            answered.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>Keeps the lines that are written.</summary>
    private sealed class Answered(Script script) : StringWriter
    {
        public List<(string Word, string Json)> Lines { get; } = [];

        public override void WriteLine(string? value)
        {
            var line = WorkerLine.ReadAnswer(value!);
            // Where a run stands is told of one that takes a while, as any may on a machine at work.
            if (line.Word == WorkerLine.At)
                return;
            Lines.Add(line);
            if (line.Word is WorkerLine.Result or WorkerLine.Failed)
                script.Answer();
        }
    }
}
