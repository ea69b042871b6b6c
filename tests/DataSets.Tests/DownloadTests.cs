using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pipeline.Artifacts;
using Pipeline.DataSets.Download;
using Pipeline.Stages.Preprocess.DataSets;
using static Pipeline.DataSets.Tests.ScriptedServer;

namespace Pipeline.DataSets.Tests;

public sealed class DownloadTests : IDisposable
{
    private const string Old = "ETag: \"old\"";
    private const string New = "ETag: \"new\"";

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * i / 7))];
    private static readonly byte[] OtherBytes = [.. Bytes.Select(b => (byte)(b + 1))];
    private static readonly DownloadSettings Quick = new()
    {
        Attempts = 3,
        Pause = TimeSpan.FromMilliseconds(1),
        Stall = TimeSpan.FromSeconds(20),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("download-").FullName;
    private readonly StringWriter output = new();

    public void Dispose()
    {
        output.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_comes_whole_and_leaves_nothing_else()
    {
        using var server = new ScriptedServer(Reply("200 OK", Bytes, Bytes.Length, [Old]));

        await RequireFetched(server);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_continued()
    {
        using var server = new ScriptedServer(
            Reply("200 OK", Bytes.AsMemory(0, 4000), Bytes.Length, [Old]),
            Rest(Bytes, 4000, Old)
        );

        await RequireFetched(server);

        Assert.DoesNotContain("Range:", server.Requests[0], StringComparison.Ordinal);
        Assert.Contains("Range: bytes=4000-\n", server.Requests[1], StringComparison.Ordinal);
        Assert.Contains("If-Range: \"old\"", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_command_left_is_continued_by_the_time_of_change_where_there_is_no_tag()
    {
        const string time = "Sat, 26 Aug 2017 09:21:33 GMT";
        using (
            var broken = new ScriptedServer(
                Reply("200 OK", Bytes.AsMemory(0, 4000), Bytes.Length, ["Last-Modified: " + time])
            )
        )
            Assert.NotNull(await Fetch(broken, Quick with { Attempts = 1 }));
        using var server = new ScriptedServer(Rest(Bytes, 4000));

        await RequireFetched(server);

        Assert.Contains("If-Range: " + time, Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_gets_on_may_break_more_often_than_there_are_attempts()
    {
        var breaks = Enumerable
            .Range(0, 9)
            .Select(i =>
                Reply(
                    i == 0 ? "200 OK" : "206 Partial Content",
                    Bytes.AsMemory(1000 * i, 1000),
                    Bytes.Length - (1000 * i),
                    [Old, .. i == 0 ? [] : new[] { $"Content-Range: bytes {1000 * i}-9999/10000" }]
                )
            );
        using var server = new ScriptedServer([.. breaks, Rest(Bytes, 9000, Old)]);

        await RequireFetched(server);

        Assert.Equal(10, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_all_again()
    {
        using var server = new ScriptedServer(
            Reply("200 OK", Bytes.AsMemory(0, 4000), Bytes.Length, [Old]),
            Reply("200 OK", Bytes, Bytes.Length, [Old])
        );

        await RequireFetched(server);
    }

    [Fact]
    public async Task Bytes_of_another_version_are_given_up_and_the_new_one_is_continued()
    {
        using var server = new ScriptedServer(
            Reply("200 OK", OtherBytes.AsMemory(0, 4000), Bytes.Length, [Old]),
            Reply("200 OK", Bytes.AsMemory(0, 3000), Bytes.Length, [New]),
            Rest(Bytes, 3000, New)
        );

        await RequireFetched(server);

        Assert.Contains("If-Range: \"old\"", server.Requests[1], StringComparison.Ordinal);
        Assert.Contains("Range: bytes=3000-\n", server.Requests[2], StringComparison.Ordinal);
        Assert.Contains("If-Range: \"new\"", server.Requests[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Other: 1")]
    [InlineData("ETag: W/\"weak\"")]
    public async Task Without_a_promise_that_the_bytes_are_the_same_all_come_again(string header)
    {
        using var server = new ScriptedServer(
            Reply("200 OK", Bytes.AsMemory(0, 4000), Bytes.Length, [header]),
            Reply("200 OK", Bytes, Bytes.Length, [header])
        );

        await RequireFetched(server);

        Assert.DoesNotContain("Range:", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_range_and_a_wrong_one_start_again()
    {
        using var server = new ScriptedServer(
            Reply("200 OK", Bytes.AsMemory(0, 4000), Bytes.Length, [Old]),
            Status("416 Range Not Satisfiable", "Content-Range: bytes */10000"),
            Reply("200 OK", Bytes.AsMemory(0, 5000), Bytes.Length, [Old]),
            Rest(Bytes, 4000, Old),
            Reply("200 OK", Bytes, Bytes.Length, [Old])
        );

        await RequireFetched(server);

        Assert.Equal(
            [false, true, false, true, false],
            server.Requests.Select(head => head.Contains("Range:", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_part_that_was_whole_already_is_not_asked_for()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "data.bin.part"), Bytes);
        using var server = new ScriptedServer(Status("500 Internal Server Error"));

        await RequireFetched(server);

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Bytes_of_another_digest_are_deleted()
    {
        using var server = new ScriptedServer(Reply("200 OK", OtherBytes, Bytes.Length, [Old]));

        await RequireRefused(
            server,
            $"the SHA-256 of what came is {Digest.Of(OtherBytes)} instead of {Digest.Of(Bytes)}"
        );
    }

    [Fact]
    public async Task A_file_of_another_length_is_not_taken()
    {
        using var server = new ScriptedServer(Reply("200 OK", Bytes.AsMemory(1), Bytes.Length - 1, [Old]));

        await RequireRefused(server, "the file there has 9999 bytes instead of 10000");
    }

    [Fact]
    public async Task A_rest_of_a_file_of_another_length_is_not_taken()
    {
        using var server = new ScriptedServer(
            Reply("200 OK", Bytes.AsMemory(0, 4000), Bytes.Length, [Old]),
            Reply("206 Partial Content", Bytes.AsMemory(4000), 6000, ["Content-Range: bytes 4000-9999/10001"])
        );

        Assert.Equal("the file there has 10001 bytes instead of 10000", (await Fetch(server, Quick))?.What);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public async Task An_endless_body_is_cut_off()
    {
        Answer endless = async (head, connection, stopping) =>
        {
            await Reply("200 OK", default, null)(head, connection, stopping);
            while (true)
                await connection.WriteAsync(OtherBytes, stopping);
        };
        using var server = new ScriptedServer(endless);

        await RequireRefused(server, "more than 10000 bytes come");
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("410 Gone")]
    [InlineData("403 Forbidden")]
    public async Task A_file_that_is_not_there_is_asked_for_once(string status)
    {
        using var server = new ScriptedServer(Status(status));

        await RequireRefused(server, $"the server answers {status[..3]} ({status[4..]})");
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    [InlineData("408 Request Timeout")]
    public async Task A_server_in_trouble_is_asked_again(string status)
    {
        using var server = new ScriptedServer(Status(status), Reply("200 OK", Bytes, Bytes.Length));

        await RequireFetched(server);

        Assert.Contains(status[..3], output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stays_in_trouble_is_asked_as_often_as_the_settings_say()
    {
        using var server = new ScriptedServer(Status("503 Service Unavailable"));

        Assert.Equal("the server answers 503 (Service Unavailable)", (await Fetch(server, Quick))?.What);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_left_and_asked_again()
    {
        using var server = new ScriptedServer(
            Silence,
            Reply("200 OK", Bytes.AsMemory(0, 4000), Bytes.Length, [Old], Silence),
            Rest(Bytes, 4000, Old)
        );

        Assert.Null(await Fetch(server, Quick with { Stall = TimeSpan.FromSeconds(1) }));
        Assert.Equal(Bytes, await File.ReadAllBytesAsync(Path.Combine(folder, "data.bin")));
        Assert.Contains("nothing came for 1 s", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_followed()
    {
        using var server = new ScriptedServer(Reply("200 OK", Bytes, Bytes.Length));
        using var elsewhere = new ScriptedServer(Status("302 Found", $"Location: {server.Address}"));

        await RequireFetched(elsewhere);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        using var server = new ScriptedServer(Status("302 Found", "Location: /data.bin"));

        var failure = await Fetch(server, Quick);

        Assert.Equal(
            "the server answers 302 (Found), a redirect to /data.bin, which leaves HTTPS or comes after 5 others",
            failure?.What
        );
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_not_followed()
    {
        using var plain = new ScriptedServer(Reply("200 OK", Bytes, Bytes.Length));
        using var certificate = SelfSigned();
        using var secure = new ScriptedServer(certificate, Status("302 Found", $"Location: {plain.Address}"));
        var handler = Downloader.CreateHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, theirs, _, _) =>
            theirs?.GetCertHashString() == certificate.GetCertHashString();

        var failure = await Fetch(secure, Quick, handler);

        Assert.Contains($"a redirect to {plain.Address}, which leaves HTTPS", failure?.What, StringComparison.Ordinal);
        Assert.Single(secure.Requests);
        Assert.Empty(plain.Requests);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_trusts_is_refused()
    {
        using var certificate = SelfSigned();
        using var server = new ScriptedServer(certificate, Reply("200 OK", Bytes, Bytes.Length));

        var failure = await Fetch(server, Quick);

        Assert.Contains("certificate", failure?.What, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(200)
        );
    }

    private async Task RequireFetched(ScriptedServer server)
    {
        Assert.Null(await Fetch(server, Quick));
        Assert.Equal(Bytes, await File.ReadAllBytesAsync(Path.Combine(folder, "data.bin")));
        Assert.Single(Directory.EnumerateFiles(folder));
    }

    private async Task RequireRefused(ScriptedServer server, string why)
    {
        Assert.Equal(new DownloadFailure(why, IsFinal: true), await Fetch(server, Quick));
        Assert.Single(server.Requests);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    private async Task<DownloadFailure?> Fetch(
        ScriptedServer server,
        DownloadSettings settings,
        SocketsHttpHandler? handler = null
    )
    {
        var file = new PublishedFile("data.bin", server.Address, Digest.Of(Bytes), Bytes.Length);
        using var downloader = new Downloader(handler ?? Downloader.CreateHandler(), settings, TimeProvider.System);
        return await downloader.FetchAsync(
            file,
            folder,
            new DownloadProgress("data", [file], output),
            CancellationToken.None
        );
    }
}
