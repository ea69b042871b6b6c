using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Pipeline.Artifacts;
using Pipeline.Caching.Remote;

namespace Pipeline.Caching.Tests.Remote;

public sealed class CredentialsTests
{
    private const string Names = "PIPELINE_CACHE_USER and PIPELINE_CACHE_PASSWORD, or PIPELINE_CACHE_TOKEN";

    private static readonly StageKey Key = TemporaryCache.Key();

    [Theory]
    [InlineData("PIPELINE_CACHE_USER=me\nPIPELINE_CACHE_PASSWORD=geheim:ü", "Basic bWU6Z2VoZWltOsO8")]
    [InlineData("PIPELINE_CACHE_TOKEN=abc.def-123", "Bearer abc.def-123")]
    [InlineData("PIPELINE_CACHE_USER=\nPIPELINE_CACHE_TOKEN=", null)]
    public void Every_request_to_the_cache_bears_them(string environment, string? expected)
    {
        using var server = new CacheServer();
        using var machine = new Machine(server.Url, environment: environment);
        Assert.Null(machine.Find(Key));
        machine.Store(Key);
        machine.Cache.Finish();

        Assert.Equal(3, server.Requests.Count);
        Assert.All(
            server.Requests,
            request =>
                Assert.Equal(
                    expected is null ? [] : [$"Authorization: {expected}"],
                    request.Head.Split("\r\n").Where(line => line.StartsWith("Authorization", StringComparison.Ordinal))
                )
        );
    }

    [Fact]
    public void They_are_in_no_file_and_no_message() => AssertUnseen(_ => CacheServer.Status("401 Unauthorized"));

    [Fact]
    public void A_server_that_answers_what_it_was_asked_is_not_quoted() =>
        AssertUnseen(request =>
            (connection, stopping) =>
                connection.WriteAsync(Encoding.UTF8.GetBytes($"{Authorization(request)}\r\n\r\n"), stopping).AsTask()
        );

    [Fact]
    public void A_server_that_answers_them_as_a_header_is_not_quoted() =>
        AssertUnseen(request =>
            (connection, stopping) =>
                connection
                    .WriteAsync(
                        Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\n{Authorization(request)[15..]}\r\n\r\n"),
                        stopping
                    )
                    .AsTask()
        );

    private static string Authorization(Request request) =>
        request.Head.Split("\r\n").Single(line => line.StartsWith("Authorization", StringComparison.Ordinal));

    private static void AssertUnseen(Func<Request, Answer?> misbehave)
    {
        using var server = new CacheServer { Misbehave = misbehave };
        using var machine = new Machine(
            server.Url,
            environment: "PIPELINE_CACHE_USER=me\nPIPELINE_CACHE_PASSWORD=geheim"
        );
        Assert.Null(machine.Find(Key));
        machine.Store(Key);
        machine.Cache.Finish();

        var encoded = Convert.ToBase64String("me:geheim"u8);
        Assert.Contains(encoded, server.Requests[0].Head, StringComparison.Ordinal);
        Assert.All(
            machine.Log.Concat(machine.Files("").Select(File.ReadAllText)),
            text =>
            {
                Assert.DoesNotContain("geheim", text, StringComparison.Ordinal);
                Assert.DoesNotContain(encoded, text, StringComparison.Ordinal);
            }
        );
        Assert.DoesNotContain(
            "geheim",
            Parse(server.Url, "PIPELINE_CACHE_TOKEN=geheim").ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("https://me:geheim@host/path")]
    [InlineData("https://geheim@host/path")]
    [InlineData("http://me:geheim@127.0.0.1")]
    [InlineData("https://me:geheim@")]
    [InlineData("ftp://me:geheim@host")]
    public void Those_in_an_address_are_refused_and_not_repeated(string address) =>
        Assert.Equal(
            $"The cache's address holds a user or a password, which would be seen by others: leave them away, and set {Names} in the environment.",
            Refusal(address)
        );

    [Theory]
    [InlineData("http://host/path", true)]
    [InlineData("http://10.0.0.1:8080", true)]
    [InlineData("http://127.0.0.1:8080/path", false)]
    [InlineData("http://localhost/path", false)]
    [InlineData("http://[::1]/path", false)]
    [InlineData("https://host/path", false)]
    public void They_go_unencrypted_to_this_machine_only(string address, bool isRefused)
    {
        const string Token = "PIPELINE_CACHE_TOKEN=geheim";
        if (isRefused)
            Assert.Equal(
                $"{address} is not encrypted, and credentials are not sent there: write https://, or unset {Names}.",
                Refusal(address, Token)
            );
        else
            Assert.Equal(address, Parse(address, Token).ToString());
        Assert.Equal(address, Parse(address).ToString());
    }

    [Theory]
    [InlineData("PIPELINE_CACHE_USER=me", "are not complete")]
    [InlineData("PIPELINE_CACHE_PASSWORD=geheim", "are not complete")]
    [InlineData("PIPELINE_CACHE_USER=m:e\nPIPELINE_CACHE_PASSWORD=geheim", "are not complete")]
    [InlineData("PIPELINE_CACHE_USER=me\nPIPELINE_CACHE_PASSWORD=geheim\nPIPELINE_CACHE_TOKEN=geheim", "given twice")]
    [InlineData("PIPELINE_CACHE_TOKEN=geheim geheim", "PIPELINE_CACHE_TOKEN holds characters")]
    [InlineData("PIPELINE_CACHE_USER=me\nPIPELINE_CACHE_PASSWORD=geheim\r", "PIPELINE_CACHE_PASSWORD holds characters")]
    public void Those_that_cannot_be_meant_are_refused_and_not_repeated(string environment, string why)
    {
        var refusal = Refusal("https://host", environment);
        Assert.Contains(why, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "ftp://host/path",
        "--cache=ftp://host/path is not possible: an address of a cache begins with https:// or http://."
    )]
    [InlineData(
        "https://host/path?a=b",
        "--cache=https://host/path goes on with a query or a fragment: an address of a cache ends with its path."
    )]
    [InlineData(
        "https://host/path#a",
        "--cache=https://host/path goes on with a query or a fragment: an address of a cache ends with its path."
    )]
    [InlineData("https://", "--cache=https:// is no address: write one such as https://host/path, or name a folder.")]
    [InlineData(
        "C://cache",
        "--cache=C://cache is not possible: an address of a cache begins with https:// or http://."
    )]
    public void Other_addresses_are_refused(string address, string sentence) =>
        Assert.Equal(sentence, Refusal(address));

    [Fact]
    public void A_server_whose_certificate_nobody_trusts_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(200)
        );
        using var server = new CacheServer(certificate);
        using var machine = new Machine(server.Url, environment: "PIPELINE_CACHE_TOKEN=geheim");

        Assert.Null(machine.Find(Key));

        Assert.Matches("can't be trusted \\(.*certificate.*\\); this command goes on", machine.Log.Single());
        Assert.Empty(server.Requests);
    }

    private static RemoteAddress Parse(string address, string environment = "") =>
        RemoteAddress.Parse(address, isReadOnly: false, Machine.Variables(environment));

    private static string Refusal(string address, string environment = "") =>
        Assert.Throws<PipelineException>(() => Parse(address, environment)).Message;
}
