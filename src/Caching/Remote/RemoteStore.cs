using System.Net.Http.Headers;
using System.Security.Authentication;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Pipeline.Caching.Remote;

/// <summary>
/// Entries below an address, by GET and PUT. An attempt that may end better is repeated, with growing, jittered pauses. Follows no
/// redirect, keeps no cookie, and verifies TLS as the system does. Safe for several threads at once.
/// </summary>
internal sealed class RemoteStore : IDisposable
{
    private const int BufferLength = 1 << 16;
    private const int MostConnections = 32;

    // Who refuses a larger body says so before it is sent.
    private const int LargestUnasked = 1 << 19;

    private static readonly ResiliencePropertyKey<TimeSpan> Limit = new("limit");

    private readonly HttpClient client;
    private readonly ResiliencePipeline attempts;
    private readonly RemoteAddress address;
    private readonly RemoteSettings settings;
    private readonly TimeProvider clock;

    /// <summary>A store; nothing is asked yet.</summary>
    public RemoteStore(RemoteAddress address, RemoteSettings settings, TimeProvider clock)
    {
        (this.address, this.settings, this.clock) = (address, settings, clock);
        client = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                // What is meant for this machine alone, credentials included, goes through no other.
                UseProxy = !address.Url.IsLoopback,
                MaxConnectionsPerServer = MostConnections,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("pipeline", null));
        attempts = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder()
                        .Handle<RemoteFault>(fault => fault.IsPassing)
                        .Handle<TimeoutRejectedException>(),
                    MaxRetryAttempts = settings.Attempts - 1,
                    Delay = settings.Pause,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                }
            )
            .AddTimeout(
                new TimeoutStrategyOptions
                {
                    TimeoutGenerator = arguments =>
                        new(arguments.Context.Properties.GetValue(Limit, settings.Patience)),
                }
            )
            .Build();
    }

    /// <summary>Fetches an entry.</summary>
    /// <param name="path">Its path below the address.</param>
    /// <param name="most">The bytes that it may have at most.</param>
    /// <param name="limit">How long an attempt may take.</param>
    /// <param name="to">Gets its bytes; begun anew at each attempt.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="RemoteFault">It could not be fetched.</exception>
    /// <exception cref="IOException">The stream can't be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<bool> GetAsync(string path, long most, TimeSpan limit, Stream to, CancellationToken cancellation) =>
        RepeatAsync(
            limit,
            async stop =>
            {
                to.SetLength(0);
                using var request = Request(HttpMethod.Get, path);
                using var answer = await AskAsync(
                    client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop)
                );
                if (RemoteAnswers.OfGet(answer) is { } fault)
                    throw fault;
                if (RemoteAnswers.IsAbsent(answer.StatusCode))
                    return false;
                await CopyAsync(answer.Content, path, most, to, stop);
                return true;
            },
            cancellation
        );

    /// <summary>Sends an entry.</summary>
    /// <param name="path">Its path below the address.</param>
    /// <param name="isManifest">Whether it is one of the action cache.</param>
    /// <param name="size">The number of its bytes.</param>
    /// <param name="open">Opens them, at each attempt.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RemoteFault">It could not be sent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task PutAsync(string path, bool isManifest, long size, Func<Stream> open, CancellationToken cancellation) =>
        RepeatAsync(
            settings.Limit(size),
            async stop =>
            {
                using var request = Request(HttpMethod.Put, path);
                request.Headers.ExpectContinue = size > LargestUnasked;
                request.Content = new StreamContent(open(), BufferLength);
                request.Content.Headers.ContentLength = size;
                request.Content.Headers.ContentType = new("application/octet-stream");
                using var answer = await AskAsync(
                    client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop)
                );
                return RemoteAnswers.OfPut(answer, isManifest) is { } fault ? throw fault : true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<bool> RepeatAsync(
        TimeSpan limit,
        Func<CancellationToken, Task<bool>> attempt,
        CancellationToken cancellation
    )
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(Limit, limit);
        try
        {
            return await attempts.ExecuteAsync(
                async (context, attempt) => await attempt(context.CancellationToken),
                context,
                attempt
            );
        }
        catch (TimeoutRejectedException)
        {
            throw Late();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(address.Url, path));
        request.Headers.Authorization = address.Authorization;
        return request;
    }

    // Takes no more than it asked for, whatever the server claims, and waits for what comes slowly no longer than that is worth.
    private async Task CopyAsync(HttpContent content, string path, long most, Stream to, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > most)
            throw Long();
        using var body = await AskAsync(content.ReadAsStreamAsync(cancellation));
        using var pace = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var (buffer, length, begun) = (new byte[Math.Min(BufferLength, most + 1)], 0L, clock.GetTimestamp());
        while (await ReadAsync() is > 0 and var count)
        {
            length += count;
            if (length > most)
                throw Long();
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }

        async Task<int> ReadAsync()
        {
            var left = settings.Limit(length) - clock.GetElapsedTime(begun);
            pace.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            try
            {
                return await AskAsync(body.ReadAsync(buffer, pace.Token).AsTask());
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw Late();
            }
        }

        RemoteFault Long() => new($"holds more than {most} bytes at {path}, which is ignored", Ended.Entry);
    }

    private static async Task<T> AskAsync<T>(Task<T> asking)
    {
        try
        {
            return await asking;
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException inner)
        {
            throw new RemoteFault($"can't be trusted ({Shown(inner)})", Ended.All);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(Shown(e));
        }
    }

    private static RemoteFault Late() => Unreachable("no whole answer came in time");

    private static RemoteFault Unreachable(string why) => new($"can't be reached ({why})", Ended.All, isPassing: true);

    // What is no HTTP is not repeated: a server may answer with the credentials that it was asked with.
    private static string Shown(Exception exception) =>
        exception
            is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
                or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse }
            ? "its answer is no HTTP"
            : (exception.InnerException is HttpIOException inner ? inner : exception).Message.TrimEnd('.');
}
