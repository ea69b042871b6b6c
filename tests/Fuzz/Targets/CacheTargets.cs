using System.Text;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Fuzz.Targets;

/// <summary>The files of a cache: each is right, or as if it weren't there.</summary>
internal static class CacheTargets
{
    private const string Trailer = "sha256:";

    private static readonly StageKey Key = new(
        "train",
        Parameters.Of([new("epochs", Scalar.Of(15L)), new("activation", Scalar.Of("relu"))]),
        KeyPart.Of([new("data", Digest.Of("data"))]),
        KeyPart.Of([new("Pipeline.Networks", Digest.Of("code"))])
    );

    /// <summary>The targets, whose caches stand in a folder.</summary>
    public static IEnumerable<FuzzTarget> In(string folder)
    {
        var cache = new DirectoryCache(Path.Combine(folder, "cache"), _ => { }, TimeProvider.System);
        var stored = cache.Put("result"u8);
        cache.Put(Key, [new("data", stored)]);
        var entry = PathOf(folder, "ac", Key.Digest);
        var line = File.ReadAllBytes(entry)[..^(Trailer.Length + Digest.Length + 1)];
        yield return new(
            "manifest",
            [line],
            input =>
            {
                File.WriteAllBytes(entry, input.Bytes);
                if (cache.TryGet(Key.Digest, out var manifest, out _))
                {
                    foreach (var output in manifest.Outputs.Values)
                        cache.TryRead(output.Digest);
                }
            }
        )
        {
            Seal = bytes => [.. bytes, .. Encoding.ASCII.GetBytes($"{Trailer}{Digest.Of(bytes)}\n")],
            Words = ["\"key\":", "\"outputs\":{", "null", "../../../../etc/passwd"],
        };
        yield return new(
            "content",
            ["result"u8.ToArray()],
            input =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(PathOf(folder, "cas", stored.Digest))!);
                File.WriteAllBytes(PathOf(folder, "cas", stored.Digest), input.Bytes);
                if (cache.TryRead(stored.Digest) is { } bytes && !bytes.AsSpan().SequenceEqual("result"u8))
                    throw new InvalidOperationException("Other bytes than those stored were read.");
            }
        );
        var history = cache.History("study");
        history.Note("train activation=relu seed=1", Key.Digest);
        history.Note("train activation=tanh seed=1", Key.Digest);
        history.Save();
        var file = Path.Combine(folder, "cache", "history", Digest.Of("study"));
        yield return new(
            "history",
            [File.ReadAllBytes(file)],
            input =>
            {
                File.WriteAllBytes(file, input.Bytes);
                cache.History("study").LastKey("train activation=relu seed=1");
            }
        );
    }

    private static string PathOf(string folder, string store, string name) =>
        Path.Combine(folder, "cache", store, name[..2], name);
}
