using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Pipeline.Caching.Remote;

/// <summary>Files of the cache's folder to be uploaded: a manifest, and the outputs that it names.</summary>
/// <param name="Key">The manifest's key.</param>
/// <param name="Path">Its file.</param>
/// <param name="Outputs">The digests of the outputs with their files.</param>
internal sealed record Upload(string Key, string Path, IReadOnlyList<(string Digest, string Path)> Outputs);

/// <summary>Uploads a few results at a time, beside what else the command does.</summary>
/// <param name="send">Sends a file to a path below the address, and tells whether it could.</param>
/// <param name="settings">How many at a time, and how long they are waited for.</param>
/// <param name="clock">Measures that.</param>
internal sealed class RemoteUploads(
    Func<string, string, CancellationToken, Task<bool>> send,
    RemoteSettings settings,
    TimeProvider clock
) : IDisposable
{
    private readonly Channel<Upload> queue = Channel.CreateBounded<Upload>(settings.MostWaiting);
    private readonly ConcurrentDictionary<string, bool> sent = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private Task[] workers = [];
    private int asked;
    private int done;

    /// <summary>Has a result uploaded; when too many wait it isn't.</summary>
    public void Add(Upload upload)
    {
        lock (gate)
        {
            asked++;
            if (workers.Length == 0)
                workers = [.. Enumerable.Range(0, settings.Uploads).Select(_ => Task.Run(WorkAsync))];
        }
        queue.Writer.TryWrite(upload);
    }

    /// <summary>Waits for what is still to be uploaded, as long as the settings say; nothing can be added then.</summary>
    /// <param name="tell">Takes how many are waited for, where that takes a while.</param>
    /// <returns>How many results were uploaded, and how many not.</returns>
    public (int Done, int Left) Finish(Action<int> tell)
    {
        queue.Writer.TryComplete();
        var all = Task.WhenAll(workers);
        if (!HasEnded(all, settings.SilentWait))
        {
            tell(asked - Volatile.Read(ref done));
            if (!HasEnded(all, settings.LastWait))
            {
                stop.Cancel();
                HasEnded(all, settings.SilentWait);
            }
        }
        var uploaded = Volatile.Read(ref done);
        return (uploaded, asked - uploaded);
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    private bool HasEnded(Task all, TimeSpan wait)
    {
        try
        {
            all.WaitAsync(wait, clock).GetAwaiter().GetResult();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var upload in queue.Reader.ReadAllAsync(stop.Token))
            {
                if (await SendAsync(upload))
                    Interlocked.Increment(ref done);
            }
        }
        catch (OperationCanceledException)
        {
            // The command waits no longer.
        }
    }

    // Who finds a manifest finds what it names.
    private async Task<bool> SendAsync(Upload upload)
    {
        foreach (var (digest, path) in upload.Outputs)
        {
            if (sent.ContainsKey(digest))
                continue;
            if (!await send(RemoteCache.Content + digest, path, stop.Token))
                return false;
            sent[digest] = true;
        }
        return await send(RemoteCache.Actions + upload.Key, upload.Path, stop.Token);
    }
}
