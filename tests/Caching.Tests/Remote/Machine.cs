using Pipeline.Caching.Remote;

namespace Pipeline.Caching.Tests.Remote;

/// <summary>A machine with a folder of its own in front of a shared cache, quick to lose patience.</summary>
internal sealed class Machine : IDisposable
{
    public static readonly RemoteSettings Impatient = new()
    {
        Pause = TimeSpan.FromMilliseconds(1),
        Patience = TimeSpan.FromSeconds(5),
        SilentWait = TimeSpan.FromMinutes(2),
        LastWait = TimeSpan.FromMinutes(2),
    };

    private readonly TemporaryCache folder = new();
    private readonly RemoteCache remote;

    public Machine(string url, bool isReadOnly = false, RemoteSettings? settings = null, string environment = "")
    {
        remote = new(
            RemoteAddress.Parse(url, isReadOnly, Variables(environment)),
            settings ?? Impatient,
            sentence =>
            {
                lock (Log)
                    Log.Add(sentence);
            },
            TimeProvider.System,
            CancellationToken.None
        );
        Cache = folder.Open().Before(remote);
    }

    public DirectoryCache Cache { get; }

    /// <summary>What it was told.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Two machines at once go through the same entries, and find or store each; then their uploads are waited for.</summary>
    /// <param name="one">A machine.</param>
    /// <param name="two">Another.</param>
    /// <param name="entries">How many entries there are; that of number i is <c>result i</c> of i epochs.</param>
    /// <param name="times">How often each is looked for, half of them by each.</param>
    public static void WorkAtOnce(Machine one, Machine two, int entries, int times)
    {
        Parallel.For(
            0,
            entries * times,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            i =>
            {
                var (machine, key, text) = (
                    i % 2 == 0 ? one : two,
                    TemporaryCache.Key(epochs: i / times),
                    $"result {i / times}"
                );
                if (machine.Find(key) is not { } found)
                    machine.Store(key, text);
                else
                    Assert.Equal(text, found);
            }
        );
        one.Cache.Finish();
        two.Cache.Finish();
    }

    /// <summary>All files of a part of its folder.</summary>
    public string[] Files(string store) => folder.Files(store);

    /// <summary>Stores one result under a key.</summary>
    public Manifest Store(StageKey key, string text = "result") =>
        Cache.Put(key, [new("result", Cache.Put(System.Text.Encoding.UTF8.GetBytes(text)))]);

    /// <summary>The result of a key; null for none.</summary>
    public string? Find(StageKey key) =>
        Cache.TryGet(key.Digest, out var manifest, out _)
        && Cache.TryRead(manifest.Outputs["result"].Digest) is { } bytes
            ? System.Text.Encoding.UTF8.GetString(bytes)
            : null;

    public void Dispose()
    {
        remote.Dispose();
        folder.Dispose();
    }

    /// <summary>An environment of <c>NAME=value</c>, parted by lines.</summary>
    public static Func<string, string?> Variables(string environment) =>
        name =>
            environment
                .Split('\n')
                .Where(line => line.StartsWith($"{name}=", StringComparison.Ordinal))
                .Select(line => line[(name.Length + 1)..])
                .SingleOrDefault();
}
