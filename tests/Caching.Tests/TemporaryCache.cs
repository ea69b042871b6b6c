using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

/// <summary>A cache in a folder of its own, with a clock that a test sets and a log that it reads.</summary>
internal sealed class TemporaryCache : IDisposable
{
    public TemporaryCache() => Cache = Open();

    public string Root { get; } = Directory.CreateTempSubdirectory("pipeline-cache-").FullName;

    public ManualClock Clock { get; } = new();

    public List<string> Log { get; } = [];

    public DirectoryCache Cache { get; }

    /// <summary>The same folder as another process sees it.</summary>
    public DirectoryCache Open() => new(Root, Log.Add, Clock);

    public static StageKey Key(int epochs = 15, string activation = "relu", string data = "data") =>
        new(
            "train",
            Parameters.Of([new("epochs", Scalar.Of((long)epochs)), new("activation", Scalar.Of(activation))]),
            KeyPart.Of([new("data", Digest.Of(data))]),
            KeyPart.Of([
                new("Pipeline.Networks", Digest.Of("code")),
                new("pkg:YamlDotNet", "16.3.0"),
                new("activation/relu", Digest.Of("relu")),
            ])
        );

    /// <summary>Stores one result under a key.</summary>
    public Manifest Store(StageKey key, string text = "result") =>
        Cache.Put(key, [new("result", Cache.Put(System.Text.Encoding.UTF8.GetBytes(text)))]);

    public string PathOf(string store, string name) => Path.Combine(Root, store, name[..2], name);

    /// <summary>All files of a part of the cache.</summary>
    public string[] Files(string store = "") =>
        Directory.Exists(Path.Combine(Root, store))
            ? Directory.GetFiles(Path.Combine(Root, store), "*", SearchOption.AllDirectories)
            : [];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>A clock that stands still until it is moved. Starts now, since files get their first time from the machine.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan time) => now += time;
}
