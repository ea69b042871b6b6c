using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors.Slurm;

/// <summary>What one task trains, all of it: a node has no study, and asks nobody.</summary>
/// <param name="Threads">The most runs at once; null for as many as the task has CPUs.</param>
/// <param name="Parts">The parts of keys that runs share.</param>
/// <param name="Runs">The runs, in the order in which they are to be begun.</param>
public sealed record RunPack(int? Threads, IReadOnlyList<SharedParts> Parts, IReadOnlyList<PackedRun> Runs)
{
    private const string Stage = "train";

    /// <summary>Packs runs.</summary>
    /// <param name="tasks">The runs.</param>
    /// <param name="threads">The most at once; null for any number.</param>
    public static RunPack Of(IEnumerable<RunTask> tasks, int? threads = null)
    {
        var parts = new List<SharedParts>();
        var places = new Dictionary<(string Code, string Backend), int>();
        var runs = new List<PackedRun>();
        foreach (var (key, parameters, _, _) in tasks)
        {
            if (!places.TryGetValue((key.Code.Json, key.Backend.Json), out var place))
            {
                places.Add((key.Code.Json, key.Backend.Json), place = parts.Count);
                parts.Add(new(key.Code.Entries, key.Backend.Entries));
            }
            using var json = JsonDocument.Parse(parameters.ToJson());
            runs.Add(new(key.Digest, key.Inputs.Entries["data"], place, json.RootElement.Clone()));
        }
        return new(threads, parts, runs);
    }

    /// <summary>The runs as they were packed.</summary>
    /// <param name="backend">The name of their backend.</param>
    /// <param name="pathOf">From the digest of prepared data to their path here.</param>
    /// <exception cref="PipelineException">A run has not the key that it was packed with.</exception>
    public IReadOnlyList<RunTask> Tasks(string backend, Func<string, string> pathOf)
    {
        var shared = Parts.Select(part => (Code: KeyPart.Of(part.Code), Backend: KeyPart.Of(part.Backend))).ToArray();
        var tasks = new List<RunTask>(Runs.Count);
        foreach (var run in Runs)
        {
            var parameters = ArtifactEncoding.DecodeParameters(
                System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(run.Parameters)
            );
            var (code, dependsOn) = shared[run.Part];
            var key = new StageKey(Stage, parameters, KeyPart.Of([new("data", run.Data)]), code, dependsOn);
            if (key.Digest != run.Key)
                throw new PipelineException($"The run {run.Key} was packed by another version: submit it again.");
            tasks.Add(new(key, parameters, pathOf(run.Data), backend));
        }
        return tasks;
    }

    /// <summary>Its bytes.</summary>
    internal byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, SlurmJson.Default.RunPack);

    /// <summary>Reads what <see cref="Encode"/> gave.</summary>
    /// <exception cref="JsonException">The bytes are no pack.</exception>
    internal static RunPack Decode(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, SlurmJson.Default.RunPack) ?? throw new JsonException("This is no pack.");
}

/// <summary>What the keys of several runs have in common.</summary>
/// <param name="Code">Components of code.</param>
/// <param name="Backend">What results depend on besides our code.</param>
public sealed record SharedParts(IReadOnlyDictionary<string, string> Code, IReadOnlyDictionary<string, string> Backend);

/// <summary>A run in a pack.</summary>
/// <param name="Key">The digest of its key.</param>
/// <param name="Data">The digest of its prepared data.</param>
/// <param name="Part">The position of its key's shared parts.</param>
/// <param name="Parameters">What Train reads of its parameters.</param>
public sealed record PackedRun(string Key, string Data, int Part, JsonElement Parameters);

/// <summary>What all tasks of a job are told.</summary>
/// <param name="Cache">The cache's folder.</param>
/// <param name="Remote">The address of a shared cache behind it; null for none.</param>
/// <param name="Backend">The name of the backend.</param>
/// <param name="Device">The device to train on, as the command line names it; null for its default.</param>
/// <param name="Devices">The numbers of several GPUs; null for what <paramref name="Device"/> names.</param>
/// <param name="CheckpointSeconds">How long a run trains from one checkpoint to the next.</param>
/// <param name="IsForced">Whether runs are trained although the cache has them.</param>
public sealed record JobDescription(
    string Cache,
    string? Remote,
    string Backend,
    string? Device,
    string? Devices,
    double CheckpointSeconds,
    bool IsForced
)
{
    internal byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, SlurmJson.Default.JobDescription);

    internal static JobDescription Decode(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, SlurmJson.Default.JobDescription)
        ?? throw new JsonException("This describes no job.");
}

/// <summary>How far one attempt at a task is, as its node tells.</summary>
public sealed record Attempt
{
    /// <summary>The node's name.</summary>
    public required string Node { get; init; }

    /// <summary>How many runs it trains at once.</summary>
    public required int Threads { get; init; }

    /// <summary>What it is at.</summary>
    public required AttemptState State { get; init; }

    /// <summary>Why it stopped early; null where it didn't.</summary>
    public string? Sentence { get; init; }

    /// <summary>How long it has been at it.</summary>
    public required double Seconds { get; init; }

    /// <summary>The positions in the pack of runs that are stored.</summary>
    public required IReadOnlyList<int> Done { get; init; }

    /// <summary>Those of them that it trained itself.</summary>
    public required int Trained { get; init; }

    /// <summary>The runs that failed.</summary>
    public required IReadOnlyList<FailedOfPack> Failed { get; init; }

    /// <summary>Whether it ended with all of so many runs stored.</summary>
    internal bool HasStoredAll(int runs) => State == AttemptState.Ended && Done.Count == runs;

    internal byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, SlurmJson.Default.Attempt);

    internal static Attempt? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, SlurmJson.Default.Attempt);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What an attempt is at.</summary>
public enum AttemptState
{
    /// <summary>It trains.</summary>
    Running,

    /// <summary>It went through all of its runs.</summary>
    Ended,

    /// <summary>It was told to stop, or could not go on, before it had gone through all.</summary>
    Stopped,

    /// <summary>What it was asked for can't be done by this program on this node.</summary>
    Refused,
}

/// <summary>A run that failed.</summary>
/// <param name="Run">Its position in the pack.</param>
/// <param name="Sentence">Why.</param>
public sealed record FailedOfPack(int Run, string Sentence);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(RunPack))]
[JsonSerializable(typeof(JobDescription))]
[JsonSerializable(typeof(Attempt))]
internal sealed partial class SlurmJson : JsonSerializerContext;
