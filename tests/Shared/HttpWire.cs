using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Pipeline.Tests;

/// <summary>What servers of tests do on a connection, of whatever they answer.</summary>
internal static class HttpWire
{
    /// <summary>The stream of a connection.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="certificate">Makes it one of TLS; null for plain text.</param>
    /// <param name="stopping">Ends the greeting.</param>
    public static async Task<Stream> OpenAsync(
        TcpClient client,
        X509Certificate2? certificate,
        CancellationToken stopping
    )
    {
        if (certificate is null)
            return client.GetStream();
        var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate },
            stopping
        );
        return secure;
    }

    /// <summary>Sends an answer, after which the connection is to be closed.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="status">The status and its reason.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="length">The length that the head gives; null for none, so that the body ends with the connection.</param>
    /// <param name="headers">Further lines of the head.</param>
    /// <param name="stopping">Ends the sending.</param>
    public static async Task ReplyAsync(
        Stream connection,
        string status,
        ReadOnlyMemory<byte> body,
        long? length,
        string[] headers,
        CancellationToken stopping
    )
    {
        string[] lines =
        [
            $"HTTP/1.1 {status}",
            "Connection: close",
            .. headers,
            .. length is null ? [] : new[] { $"Content-Length: {length}" },
            "",
            "",
        ];
        await connection.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), stopping);
        await connection.WriteAsync(body, stopping);
    }
}
