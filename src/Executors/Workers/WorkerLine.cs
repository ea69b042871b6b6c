using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipeline.Artifacts;
using Pipeline.Stages.Train;

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

    /// <summary>Where the run that is being trained stands follows.</summary>
    public const string At = "at";

    /// <summary>Asks for a run.</summary>
    public static string Ask(RunTask task, CheckpointPlace keeps) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"data":{{Scalar.Of(task.Data).Json}},"key":"{{task.Key.Digest}}","cache":{{(
                keeps.Cache is { } cache ? Scalar.Of(cache).Json : "null"
            )}},"every":{{keeps.Every.TotalSeconds:R}},"parameters":{{task.Parameters.ToJson()}}}"""
        );

    /// <summary>Reads what <see cref="Ask"/> wrote.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static AskedRun ReadAsked(string line)
    {
        using var json = JsonDocument.Parse(line);
        var run = json.RootElement;
        return new(
            run.GetProperty("key").GetString()!,
            run.GetProperty("data").GetString()!,
            new(run.GetProperty("cache").GetString(), TimeSpan.FromSeconds(run.GetProperty("every").GetDouble())),
            ArtifactEncoding.DecodeParameters(Encoding.UTF8.GetBytes(run.GetProperty("parameters").GetRawText()))
        );
    }

    /// <summary>Tells where a run stands.</summary>
    public static string Tell(IRunInTraining run) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{At} [{run.Epoch},{run.Epochs},{run.Step},{run.StepsOfEpoch},{run.Loss:R}]"
        );

    /// <summary>Reads what <see cref="Tell"/> wrote behind its word; its index is 0.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RunningRun ReadAt(string json) =>
        JsonSerializer.Deserialize<double[]>(json) is [var epoch, var epochs, var step, var steps, var loss]
            ? new(0, (int)epoch, (int)epochs, (int)step, (int)steps, loss)
            : throw new JsonException("This is no place in a run.");

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

/// <summary>Where and how often the runs of workers keep checkpoints.</summary>
/// <param name="Cache">The cache's folder; null where they keep none.</param>
/// <param name="Every">How long a run trains from one to the next.</param>
public sealed record CheckpointPlace(string? Cache, TimeSpan Every);

/// <summary>What a worker is asked to train.</summary>
/// <param name="Key">The digest of the run's key.</param>
/// <param name="Data">The path of its prepared data.</param>
/// <param name="Keeps">Where it keeps checkpoints.</param>
/// <param name="Parameters">What Train reads of its parameters.</param>
public sealed record AskedRun(string Key, string Data, CheckpointPlace Keeps, Parameters Parameters);
