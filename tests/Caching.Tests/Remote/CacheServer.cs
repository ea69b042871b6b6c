using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Pipeline.Tests;

namespace Pipeline.Caching.Tests.Remote;

/// <summary>A request as the server saw it.</summary>
internal sealed record Request(string Method, string Path, string Head);

/// <summary>Answers a request on its connection, which is closed afterwards.</summary>
internal delegate Task Answer(Stream connection, CancellationToken stopping);

/// <summary>
/// A cache server on this machine that keeps entries in memory, and may be told to misbehave. One request a connection, any number of
/// connections at once.
/// </summary>
internal sealed class CacheServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Request> requests = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly X509Certificate2? certificate;
    private readonly Task serving;
    private bool isDisposed;

    /// <param name="certificate">Makes it an HTTPS server.</param>
    public CacheServer(X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>What it holds, by path.</summary>
    public ConcurrentDictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>What it answers instead; null to do as a cache does.</summary>
    public Func<Request, Answer?> Misbehave { get; set; } = _ => null;

    public IReadOnlyList<Request> Requests => [.. requests];

    public string Url =>
        $"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/cache";

    /// <summary>An answer with a body.</summary>
    /// <param name="status">The status and its reason.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="length">The length that the head gives; null for none, so that the body ends with the connection.</param>
    /// <param name="headers">Further lines of the head.</param>
    public static Answer Reply(string status, byte[] body, long? length, params string[] headers) =>
        (connection, stopping) => HttpWire.ReplyAsync(connection, status, body, length, headers, stopping);

    /// <summary>An answer with a body as it should be.</summary>
    public static Answer Body(byte[] body) => Reply("200 OK", body, body.Length);

    /// <summary>An answer of a status alone.</summary>
    public static Answer Status(string status, params string[] headers) => Reply(status, [], 0, headers);

    /// <summary>Sends nothing until the client hangs up.</summary>
    public static async Task Silence(Stream connection, CancellationToken stopping)
    {
        while (await connection.ReadAsync(new byte[1], stopping) > 0) { }
    }

    /// <summary>A body without an end.</summary>
    public static async Task Endless(Stream connection, CancellationToken stopping)
    {
        await Reply("200 OK", [], null)(connection, stopping);
        for (var chunk = new byte[4096]; ; )
            await connection.WriteAsync(chunk, stopping);
    }

    /// <summary>A body without an end that comes byte by byte.</summary>
    public static async Task Drip(Stream connection, CancellationToken stopping)
    {
        await Reply("200 OK", [], null)(connection, stopping);
        for (var one = new byte[1]; ; await Task.Delay(10, stopping))
            await connection.WriteAsync(one, stopping);
    }

    /// <summary>A body of which the first byte comes, and then nothing.</summary>
    public static Answer Halt(byte[] body) =>
        async (connection, stopping) =>
        {
            await Reply("200 OK", body[..1], body.Length)(connection, stopping);
            await Silence(connection, stopping);
        };

    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        stop.Cancel();
        serving.Wait();
        listener.Dispose();
        Task.WaitAll([.. connections]);
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                connections.Add(AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server is stopped.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var connection = await HttpWire.OpenAsync(client, certificate, stop.Token);
                var (request, body) = await ReadAsync(connection);
                requests.Enqueue(request);
                await (Misbehave(request) ?? Behave(request, body))(connection, stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The client hung up, or the server is stopped.
        }
    }

    private Answer Behave(Request request, byte[] body)
    {
        if (request.Method == "GET")
            return Entries.TryGetValue(request.Path, out var entry) ? Body(entry) : Status("404 Not Found");
        Entries[request.Path] = body;
        return Status("201 Created");
    }

    private async Task<(Request Request, byte[] Body)> ReadAsync(Stream connection)
    {
        var head = new StringBuilder();
        for (var one = new byte[1]; !head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal); )
        {
            await connection.ReadExactlyAsync(one, stop.Token);
            head.Append((char)one[0]);
        }
        var lines = head.ToString().Split("\r\n");
        var length = lines
            .Where(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.AsSpan("Content-Length: ".Length), CultureInfo.InvariantCulture))
            .SingleOrDefault();
        if (lines.Contains("Expect: 100-continue"))
            await connection.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), stop.Token);
        var body = new byte[length];
        await connection.ReadExactlyAsync(body, stop.Token);
        var first = lines[0].Split(' ');
        return (new(first[0], first[1], head.ToString()), body);
    }
}
