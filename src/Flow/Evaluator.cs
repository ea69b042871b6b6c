using System.Collections.Concurrent;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Flow;

/// <summary>
/// Walks the stages of a study. It alone makes keys, looks into the cache and finds the reasons; in <see cref="Mode.Run"/> it computes
/// what is missing and says why in one line each, in <see cref="Mode.Plan"/> it notes what it would have done. Each is evaluated once.
/// </summary>
internal sealed class Evaluator
{
    private readonly DirectoryCache cache;
    private readonly Goal? forced;
    private readonly string study;
    private readonly TextWriter output;
    private readonly Lazy<StudyHistory> history;
    private readonly ConcurrentDictionary<string, string> keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, string Digest), KeyPart> ofOne = new();
    private readonly Dictionary<string, Evaluated> known = new(StringComparer.Ordinal);
    private readonly List<(Stage Stage, string Reason)> toDo = [];

    /// <summary>An evaluator that knows nothing yet.</summary>
    /// <param name="cache">Where outputs are.</param>
    /// <param name="study">Under what name keys are remembered.</param>
    /// <param name="mode">What it does with a stage that the cache doesn't have.</param>
    /// <param name="forced">The goal whose stages are done again; null for none.</param>
    /// <param name="output">Where reasons go.</param>
    public Evaluator(DirectoryCache cache, string study, Mode mode, Goal? forced, TextWriter output)
    {
        (this.cache, this.study, Mode, this.forced, this.output) = (cache, study, mode, forced, output);
        history = new(() => cache.History(study));
    }

    /// <summary>What it does with a stage that the cache doesn't have.</summary>
    public Mode Mode { get; }

    /// <summary>What <see cref="Mode.Plan"/> found to do, in the order of the stages; runs are not among it.</summary>
    public IReadOnlyList<(Stage Stage, string Reason)> ToDo => toDo;

    /// <summary>The digests of the keys of all stages that were found or stored.</summary>
    public IReadOnlyCollection<string> Keys => [.. keys.Values];

    /// <summary>The digest of a stage's only output; null where it is to do.</summary>
    public string? Digest(Stage stage) => Evaluate(stage).Digest;

    /// <summary>Looks a stage up and, in <see cref="Mode.Run"/>, computes it where the cache doesn't have it.</summary>
    public Evaluated Evaluate(Stage stage)
    {
        if (known.TryGetValue(stage.Slot, out var evaluated))
            return evaluated;
        evaluated = LookUp(stage);
        if (evaluated.Reason is { } reason)
        {
            if (Mode == Mode.Run)
                evaluated = Compute(stage, evaluated);
            else
                toDo.Add((stage, reason));
        }
        return known[stage.Slot] = evaluated;
    }

    /// <summary>The key of a stage whose inputs were evaluated; null, and why, while one is to do. For several threads at once.</summary>
    public StageKey? KeyOf(Stage stage, out string? awaited) =>
        InputsOf(stage, out awaited) is { } inputs
            ? new(stage.Name, stage.Parameters, inputs, stage.Code(stage.Spec), stage.Backend)
            : null;

    /// <summary>Looks a stage up whose inputs were evaluated; it is neither computed nor noted. Safe for several threads at once.</summary>
    public Evaluated LookUp(Stage stage)
    {
        if (KeyOf(stage, out var awaited) is not { } key)
            return new() { Reason = awaited };
        if (forced is { } goal && stage.Goal == goal)
            return new() { Key = key, Reason = RerunReason.Forced };
        if (!cache.TryGet(key.Digest, out var manifest, out var miss))
            return new() { Key = key, Reason = RerunReason.Of(key, miss, history.Value.LastKey(stage.Slot), cache) };
        keys[stage.Slot] = key.Digest;
        return Found(stage, key, manifest) ?? new() { Key = key, Reason = RerunReason.Damaged };
    }

    /// <summary>Stores the outputs of a stage that was looked up before.</summary>
    public Evaluated Store(Stage stage, Evaluated missing, IReadOnlyDictionary<string, byte[]> files)
    {
        Remember(stage, missing.Key!, files.Select(file => KeyValuePair.Create(file.Key, cache.Put(file.Value))));
        return missing with { Files = files };
    }

    /// <summary>Stores the only output of a stage that was looked up before; returns its digest.</summary>
    public string Store(Stage stage, StageKey key, byte[] bytes) => Stored(stage, key, cache.Put(bytes));

    /// <summary>Keeps for later commands which key each slot had.</summary>
    public void SaveHistory()
    {
        if (Mode == Mode.Plan)
            return;
        foreach (var (slot, key) in keys)
            history.Value.Note(slot, key);
        try
        {
            history.Value.Save();
        }
        catch (IOException)
        {
            // Reasons will be less exact, no more.
        }
    }

    /// <summary>The path of the only output of a stage, verified, to be mapped into memory.</summary>
    /// <exception cref="PipelineException">It has vanished since it was found or stored.</exception>
    public string PathOf(string digest) => Inputs.PathOf(cache, digest);

    private Evaluated Compute(Stage stage, Evaluated missing)
    {
        var key =
            missing.Key ?? throw new InvalidOperationException($"{stage.Slot} can't be put off: {missing.Reason}.");
        // Tables and reports are a study's own; data may be several studies', and are named by their slot.
        output.WriteLine($"{(stage.Slot == stage.Name ? $"{stage.Slot}: {study}" : stage.Slot)}: {missing.Reason}");
        var inputs = new Inputs(key.Inputs, cache);
        if (stage.Make is not null)
            return Store(stage, missing, stage.Make(inputs));
        var write = stage.Write ?? throw new InvalidOperationException($"{stage.Slot} is computed elsewhere.");
        var stored = cache.Put(stream =>
        {
            write(inputs, stream);
            RequireUnchanged(stage, key);
        });
        return missing with { Digest = Stored(stage, key, stored) };
    }

    // A file that is edited while it is read would be stored under the content that it had before.
    private void RequireUnchanged(Stage stage, StageKey key)
    {
        var now = InputsOf(stage, out _) ?? KeyPart.Empty;
        var changed = key.Inputs.Entries.Keys.FirstOrDefault(name =>
            now.Entries.GetValueOrDefault(name) != key.Inputs.Entries[name]
        );
        if (changed is not null || now.Entries.Count != key.Inputs.Entries.Count)
            throw new PipelineException(
                $"{stage.Slot}: {changed ?? "a file"} was changed while it was read, and nothing is kept of it: run the command again."
            );
    }

    private KeyPart? InputsOf(Stage stage, out string? awaited)
    {
        var inputs = new List<KeyValuePair<string, string>>();
        awaited = null;
        foreach (var input in stage.Inputs)
            awaited = input.AddTo(inputs, this) is { } reason ? awaited ?? reason : awaited;
        // The runs of a study have one input, which many share: its text is made once.
        return awaited is not null ? null
            : inputs is [var (name, digest)] ? ofOne.GetOrAdd((name, digest), _ => KeyPart.Of(inputs))
            : KeyPart.Of(inputs);
    }

    private string Stored(Stage stage, StageKey key, StoredOutput only)
    {
        Remember(stage, key, [new(DirectoryCache.OnlyOutput, only)]);
        return only.Digest;
    }

    // Large outputs are verified where they lie; small ones are read.
    private Evaluated? Found(Stage stage, StageKey key, Manifest manifest)
    {
        if (stage.Write is not null)
        {
            return
                manifest.Outputs.TryGetValue(DirectoryCache.OnlyOutput, out var large)
                && cache.TryOpenPath(large.Digest) is not null
                ? new() { Key = key, Digest = large.Digest }
                : null;
        }
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, stored) in manifest.Outputs)
        {
            if (cache.TryRead(stored.Digest) is not { } bytes)
                return null;
            files.Add(name, bytes);
        }
        return new()
        {
            Key = key,
            Digest = manifest.Outputs.TryGetValue(DirectoryCache.OnlyOutput, out var only) ? only.Digest : null,
            Files = files,
        };
    }

    private void Remember(Stage stage, StageKey key, IEnumerable<KeyValuePair<string, StoredOutput>> outputs)
    {
        cache.Put(key, [.. outputs]);
        keys[stage.Slot] = key.Digest;
    }
}
