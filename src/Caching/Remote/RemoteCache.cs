using Pipeline.Artifacts;

namespace Pipeline.Caching.Remote;

/// <summary>
/// A cache that machines share, behind the folder of each. What comes from it is verified; what fails is told in one sentence and is a
/// miss, never an error. After a failure that another request would share, it is used no more. Safe for several threads at once.
/// </summary>
internal sealed class RemoteCache : IDisposable
{
    /// <summary>Where manifests are, below the address.</summary>
    public const string Actions = "ac/";

    /// <summary>Where outputs are, below the address.</summary>
    public const string Content = "cas/";

    private readonly RemoteAddress address;
    private readonly RemoteSettings settings;
    private readonly Action<string> log;
    private readonly CancellationToken cancellation;
    private readonly Lazy<RemoteStore> store;
    private readonly RemoteUploads uploads;
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private Ended ended;

    /// <summary>A cache that nothing was asked of yet.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="settings">How patient to be.</param>
    /// <param name="log">Takes a sentence for each thing that goes wrong.</param>
    /// <param name="clock">Measures time-outs and pauses.</param>
    /// <param name="cancellation">Ends what is being fetched.</param>
    public RemoteCache(
        RemoteAddress address,
        RemoteSettings settings,
        Action<string> log,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        (this.address, this.settings, this.log, this.cancellation) = (address, settings, log, cancellation);
        store = new(() => new(address, settings, clock));
        uploads = new(SendAsync, settings, clock);
        ended = address.IsReadOnly ? Ended.Uploading : Ended.Entry;
        RaiseThreads();
    }

    /// <summary>The manifest of a key, with its bytes; null for none.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public (Manifest Manifest, byte[] Bytes)? TryGet(string key)
    {
        using var bytes = new MemoryStream();
        if (!TryGet(Actions + key, settings.LargestManifest, settings.Patience, bytes))
            return null;
        if (Manifest.Decode(bytes.ToArray(), key) is { } manifest && manifest.Outputs.Values.All(IsPossible))
            return (manifest, bytes.ToArray());
        Tell(new($"holds no manifest of its key at {Actions}{key}, which is ignored", Ended.Entry));
        return null;
    }

    /// <summary>Fetches the bytes of an output.</summary>
    /// <returns>Whether they are all there, and no others.</returns>
    /// <exception cref="IOException">The stream can't be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool TryGet(StoredOutput output, Stream to)
    {
        var path = Content + output.Digest;
        if (!TryGet(path, output.Size, settings.Limit(output.Size), to))
            return false;
        to.Position = 0;
        if (to.Length == output.Size && Digest.Of(to) == output.Digest)
            return true;
        Tell(new($"holds other bytes at {path} than this name says, which are ignored", Ended.Entry));
        return false;
    }

    /// <summary>Has a result uploaded beside what else happens.</summary>
    public void Add(Upload upload)
    {
        if (!address.IsReadOnly)
            uploads.Add(upload);
    }

    /// <summary>Waits for uploads, for a while at most, and tells how many there were.</summary>
    public void Finish()
    {
        var (done, left) = uploads.Finish(count =>
            log($"cache: waiting for the upload of {Counted(count)} to {address}")
        );
        if (done == 0 && HasEnded(Ended.All))
            return;
        if (left > 0)
            log($"cache: {Counted(done)} uploaded to {address}, {left} could not be");
        else if (done > 0)
            log($"cache: {Counted(done)} uploaded to {address}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        uploads.Dispose();
        if (store.IsValueCreated)
            store.Value.Dispose();
    }

    // Those that wait for an answer are threads of the pool, which adds others slowly on its own; some are to be free for the answers.
    private static void RaiseThreads()
    {
        const int Enough = 2 * RemoteAddress.RequestsAtOnce;
        ThreadPool.GetMinThreads(out var workers, out var others);
        ThreadPool.SetMinThreads(Math.Max(workers, Enough), others);
    }

    private static string Counted(int count) => count == 1 ? "1 result" : $"{count} results";

    private bool IsPossible(StoredOutput output) =>
        Digest.IsWellFormed(output.Digest) && output.Size >= 0 && output.Size <= settings.LargestOutput;

    private bool TryGet(string path, long most, TimeSpan limit, Stream to)
    {
        if (HasEnded(Ended.Reading))
            return false;
        try
        {
            return store.Value.GetAsync(path, most, limit, to, cancellation).GetAwaiter().GetResult();
        }
        catch (RemoteFault fault)
        {
            Tell(fault);
            return false;
        }
    }

    private async Task<bool> SendAsync(string path, string file, CancellationToken stop)
    {
        if (HasEnded(Ended.Uploading))
            return false;
        try
        {
            var isManifest = path.StartsWith(Actions, StringComparison.Ordinal);
            await store.Value.PutAsync(path, isManifest, new FileInfo(file).Length, () => File.OpenRead(file), stop);
            return true;
        }
        catch (RemoteFault fault)
        {
            Tell(fault);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // another command has cleaned the folder
        }
    }

    private bool HasEnded(Ended what)
    {
        lock (gate)
            return ended.HasFlag(what);
    }

    // One sentence for what many requests share.
    private void Tell(RemoteFault fault)
    {
        lock (gate)
        {
            if (fault.Ended != Ended.Entry)
                End(fault.Message, fault.Ended);
            else if (told.Count < settings.MostWrong && told.Add(fault.Message))
            {
                log($"cache: {address} {fault.Message}");
                if (told.Count == settings.MostWrong)
                    End($"gave {told.Count} such answers", Ended.Reading);
            }
        }
    }

    private void End(string what, Ended now)
    {
        if ((ended & now) == now)
            return;
        ended |= now;
        var consequence = now switch
        {
            Ended.Reading => "nothing more is read there in this command",
            Ended.Uploading => "nothing more is uploaded in this command",
            _ => "this command goes on with the local folder alone",
        };
        log($"cache: {address} {what}; {consequence}");
    }
}
