using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Pipeline.Tests;

namespace Pipeline.DataSets.Tests;

/// <summary>Answers a request: given its head, writes to the connection, which is closed afterwards.</summary>
internal delegate Task Answer(string head, Stream connection, CancellationToken stopping);

/// <summary>
/// A web server on this machine that gives its answers one after the other, the last one for ever.
/// One request a connection.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly X509Certificate2? certificate;
    private readonly Answer[] answers;
    private readonly Task serving;

    public ScriptedServer(params Answer[] answers)
        : this(null, answers) { }

    /// <param name="certificate">Makes it an HTTPS server.</param>
    /// <param name="answers">Its answers.</param>
    public ScriptedServer(X509Certificate2? certificate, params Answer[] answers)
    {
        (this.certificate, this.answers) = (certificate, answers);
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>The heads of the requests so far.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    public Uri Address =>
        new(
            $"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/data.bin"
        );

    /// <summary>An answer with a body.</summary>
    /// <param name="status">The status and its reason.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="length">The length that the head gives; null for none, so that the body ends with the connection.</param>
    /// <param name="headers">Further lines of the head.</param>
    /// <param name="then">What happens before the connection is closed.</param>
    public static Answer Reply(
        string status,
        ReadOnlyMemory<byte> body,
        long? length,
        string[]? headers = null,
        Answer? then = null
    ) =>
        async (head, connection, stopping) =>
        {
            await HttpWire.ReplyAsync(connection, status, body, length, headers ?? [], stopping);
            if (then is not null)
                await then(head, connection, stopping);
        };

    /// <summary>An answer of a status alone.</summary>
    public static Answer Status(string status, params string[] headers) => Reply(status, default, 0, headers);

    /// <summary>The rest of some bytes from a position on.</summary>
    public static Answer Rest(byte[] bytes, int from, params string[] headers) =>
        Reply(
            "206 Partial Content",
            bytes.AsMemory(from),
            bytes.Length - from,
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Content-Range: bytes {from}-{bytes.Length - 1}/{bytes.Length}"
                ),
                .. headers,
            ]
        );

    /// <summary>Sends nothing until the client hangs up.</summary>
    public static async Task Silence(string head, Stream connection, CancellationToken stopping)
    {
        while (await connection.ReadAsync(new byte[1], stopping) > 0) { }
    }

    public void Dispose()
    {
        stop.Cancel();
        serving.Wait();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                using var connection = await HttpWire.OpenAsync(client, certificate, stop.Token);
                var head = await HeadAsync(connection);
                requests.Enqueue(head);
                await answers[Math.Min(i, answers.Length - 1)](head, connection, stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // The client hung up, or the server is stopped.
            }
        }
    }

    private async Task<string> HeadAsync(Stream connection)
    {
        using var reader = new StreamReader(connection, Encoding.ASCII, leaveOpen: true);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line)
            head.AppendLine(CultureInfo.InvariantCulture, $"{line}");
        return head.ToString();
    }
}
