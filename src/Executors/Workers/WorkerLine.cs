using System.Text;
using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Workers;

/// <summary>
/// What a worker is told and what it answers: a line each, JSON behind a word. It is told to stop
/// by the end of its input.
/// </summary>
public static class WorkerLine
{
    /// <summary>The worker is ready for runs.</summary>
    public const string Ready = "ready";

    /// <summary>The worker can't train here; a sentence follows.</summary>
    public const string Refused = "refused";

    /// <summary>The result of a run follows.</summary>
    public const string Result = "result";

    /// <summary>The run failed; a sentence follows.</summary>
    public const string Failed = "failed";

    /// <summary>Asks for a run.</summary>
    public static string Ask(RunTask task) =>
        $$"""{"data":{{Scalar.Of(task.Data).Json}},"parameters":{{task.Parameters.ToJson()}}}""";

    /// <summary>Reads what <see cref="Ask"/> wrote.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static (string Data, Parameters Parameters) ReadAsked(string line)
    {
        using var json = JsonDocument.Parse(line);
        var run = json.RootElement;
        return (
            run.GetProperty("data").GetString()!,
            ArtifactEncoding.DecodeParameters(Encoding.UTF8.GetBytes(run.GetProperty("parameters").GetRawText()))
        );
    }

    /// <summary>Answers with a run's result.</summary>
    public static string Answer(RunResult result) =>
        $"{Result} {Encoding.UTF8.GetString(ArtifactEncoding.Encode(result))}";

    /// <summary>Answers with a sentence.</summary>
    public static string Answer(string word, string sentence) => $"{word} {Scalar.Of(sentence).Json}";

    /// <summary>The word of an answer, and the JSON behind it.</summary>
    public static (string Word, string Json) ReadAnswer(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? (line, "") : (line[..end], line[(end + 1)..]);
    }
}
