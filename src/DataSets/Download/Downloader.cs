using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.DataSets.Download;

/// <summary>
/// Downloads published files: continues what an earlier attempt left, tries again where that can
/// help, and checks length and digest.
/// </summary>
internal sealed class Downloader : IDisposable
{
    private const int MostRedirects = 5;
    private const int BufferLength = 1 << 17;

    private readonly HttpClient client;
    private readonly DownloadSettings settings;
    private readonly TimeProvider clock;

    /// <summary>A downloader.</summary>
    /// <param name="handler">What <see cref="CreateHandler"/> made; disposed with the downloader.</param>
    /// <param name="settings">How patient it is.</param>
    /// <param name="clock">Measures stalls and pauses.</param>
    public Downloader(SocketsHttpHandler handler, DownloadSettings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("pipeline", null));
    }

    /// <summary>A handler that follows a few redirects, but none from HTTPS to HTTP.</summary>
    public static SocketsHttpHandler CreateHandler() => new() { MaxAutomaticRedirections = MostRedirects };

    /// <summary>Downloads a file into a folder, under its name. Null when it is there; else why it isn't.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">The folder, which exists; nobody else downloads to it at the same time.</param>
    /// <param name="progress">Takes what happens.</param>
    /// <param name="cancellation">Ends the download; what has come is kept, and the next download goes on from there.</param>
    /// <exception cref="PipelineException">The folder can't be written.</exception>
    public async Task<DownloadFailure?> FetchAsync(
        PublishedFile file,
        string folder,
        DownloadProgress progress,
        CancellationToken cancellation
    )
    {
        var part = new PartFile(file, folder);
        var (failures, furthest, pause) = (0, part.Length, settings.Pause);
        while (await AttemptAsync(file, part, progress, cancellation) is { } failure)
        {
            // A connection that breaks now and then, but gets on, may break as often as it likes.
            if (part.Length > furthest)
                (failures, furthest, pause) = (0, part.Length, settings.Pause);
            if (failure.IsFinal || ++failures >= settings.Attempts)
                return failure;
            progress.Tell($"{failure.What}; trying again");
            await Task.Delay(pause, clock, cancellation);
            pause *= 2;
        }
        return part.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>Asks for what is missing of a file. Null when all of it has come.</summary>
    private async Task<DownloadFailure?> AttemptAsync(
        PublishedFile file,
        PartFile part,
        DownloadProgress progress,
        CancellationToken cancellation
    )
    {
        if (part.Length == file.Length)
            return null;
        using var stall = new CancellationTokenSource(settings.Stall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stall.Token);
        try
        {
            using var request = Request(file, part);
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                either.Token
            );
            if (Refusal(file, part, request, response) is { } refusal)
                return refusal;
            using var body = await response.Content.ReadAsStreamAsync(either.Token);
            using var stream =
                response.StatusCode == HttpStatusCode.PartialContent
                    ? part.Continue()
                    : part.Restart(Version(response));
            var buffer = new byte[BufferLength];
            for (var length = stream.Length; length < file.Length; progress.At(file, length))
            {
                stall.CancelAfter(settings.Stall);
                // One byte more than is missing shows that the body is too long.
                var wanted = (int)Math.Min(buffer.Length, file.Length - length + 1);
                var count = await body.ReadAsync(buffer.AsMemory(0, wanted), either.Token);
                if (count == 0)
                    return DownloadFailure.ForNow($"the connection ended after {length} of {file.Length} bytes");
                length += count;
                if (length > file.Length)
                    return part.Refuse($"more than {file.Length} bytes come");
                part.Write(stream, buffer.AsMemory(0, count));
            }
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return DownloadFailure.ForNow(
                string.Create(CultureInfo.InvariantCulture, $"nothing came for {settings.Stall.TotalSeconds} s")
            );
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Of a refused certificate the outer message says nothing.
            return DownloadFailure.ForNow((e.InnerException as AuthenticationException ?? e).Message.TrimEnd('.'));
        }
    }

    private static HttpRequestMessage Request(PublishedFile file, PartFile part)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, file.Address);
        if (part.Length > 0 && part.Length < file.Length && part.Version() is { } version)
        {
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
            request.Headers.IfRange = version;
        }
        return request;
    }

    /// <summary>Null where the response brings the whole file or what is missing of it.</summary>
    private static DownloadFailure? Refusal(
        PublishedFile file,
        PartFile part,
        HttpRequestMessage request,
        HttpResponseMessage response
    )
    {
        var content = response.Content.Headers;
        var asked = request.Headers.Range?.Ranges.Single().From;
        var answer = $"the server answers {(int)response.StatusCode} ({response.ReasonPhrase})";
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                return RefusalOf(content.ContentLength);
            case HttpStatusCode.PartialContent when asked is not null && content.ContentRange?.From == asked:
                return RefusalOf(content.ContentRange!.Length);
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when asked is not null:
                part.Delete();
                return DownloadFailure.ForNow($"{answer} when asked to go on from byte {asked}");
            case HttpStatusCode.RequestTimeout
            or HttpStatusCode.TooManyRequests
            or >= HttpStatusCode.InternalServerError:
                return DownloadFailure.ForNow(answer);
            case >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest:
                return DownloadFailure.ForGood(
                    $"{answer}, a redirect to {response.Headers.Location}, which leaves HTTPS or comes after {MostRedirects} others"
                );
            default:
                return DownloadFailure.ForGood(answer);
        }

        DownloadFailure? RefusalOf(long? length) =>
            length is null || length == file.Length
                ? null
                : part.Refuse($"the file there has {length} bytes instead of {file.Length}");
    }

    // A weak tag doesn't promise the same bytes.
    private static RangeConditionHeaderValue? Version(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? new(tag)
        : response.Content.Headers.LastModified is { } time ? new(time)
        : null;
}
