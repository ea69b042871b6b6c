using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pipeline.Tests;

/// <summary>The command on two machines: two projects, each with a cache folder of its own, in front of one cache.</summary>
public sealed class SharedCacheTests : IDisposable
{
    // Nothing listens there.
    private const string Nowhere = "http://127.0.0.1:1/cache";

    private readonly Workspace one = new();
    private readonly Workspace other = new();

    public void Dispose()
    {
        one.Dispose();
        other.Dispose();
    }

    [NginxFact]
    public void A_second_machine_trains_nothing_and_its_results_are_the_same_bytes()
    {
        using var nginx = new Nginx();
        var cache = $"--cache={nginx.Url}";
        var first = one.Run("--target=Report", cache).Succeeded();
        Assert.Contains("train: 16 run, 0 cached, 0 diverged, 0 failed\n", first, StringComparison.Ordinal);
        Assert.Contains($"results uploaded to {nginx.Url}\n", first, StringComparison.Ordinal);
        var uploads = Uploads(nginx);
        Assert.InRange(uploads, 34, 100);

        Assert.StartsWith(
            "plan: 0 of 16 runs to do",
            other.Run("--target=Plan", cache).Line("plan"),
            StringComparison.Ordinal
        );
        Assert.Equal("train: 0 run, 16 cached, 0 diverged, 0 failed", other.Run("--target=Train", cache).Line("train"));
        other.Run("--target=Report", cache).Succeeded();
        Assert.Equal(one.Files("results"), other.Files("results"));
        Assert.Equal(uploads, Uploads(nginx));

        var requests = nginx.Requests.Count;
        other.Run("--target=Report", cache).Succeeded();
        one.Run("--target=Train", cache).Succeeded();
        Assert.Equal(requests, nginx.Requests.Count);
    }

    [NginxFact]
    public void A_machine_that_only_reads_uploads_nothing()
    {
        using var nginx = new Nginx();
        var environment = new Dictionary<string, string>
        {
            ["PIPELINE_CACHE"] = nginx.Url,
            ["XDG_CACHE_HOME"] = other.PathOf("caches"),
        };
        one.Run("--target=Train", "--only=activation=relu", $"--cache={nginx.Url}").Succeeded();
        var uploads = Uploads(nginx);

        var outcome = other.Run(environment, "--target=Report", "--cache-mode=read");

        outcome.Succeeded();
        Assert.Equal("train: 8 run, 8 cached, 0 diverged, 0 failed", outcome.Line("train"));
        Assert.DoesNotContain("cache:", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(uploads, Uploads(nginx));
        Assert.NotEmpty(other.Files("caches/pipeline/ac"));
    }

    [NginxFact]
    public void The_server_of_the_manual_serves_a_cache_to_who_trusts_it_and_knows_the_password()
    {
        var (certificate, key) = SelfSigned();
        one.Write("authority.pem", certificate);
        using var nginx = Nginx.Of(ServerOfTheManual(), certificate, key);
        var cache = $"--cache={nginx.Url}";
        var trust = new Dictionary<string, string> { ["SSL_CERT_FILE"] = one.PathOf("authority.pem") };
        var all = new Dictionary<string, string>(trust)
        {
            ["PIPELINE_CACHE_USER"] = "me",
            ["PIPELINE_CACHE_PASSWORD"] = "geheim",
        };

        Assert.Contains("can't be trusted (", one.Run("--target=Plan", cache).Succeeded(), StringComparison.Ordinal);
        Assert.Contains("answers 401", one.Run(trust, "--target=Plan", cache).Succeeded(), StringComparison.Ordinal);
        one.Run(all, "--target=Train", cache).Succeeded();
        Assert.Equal(
            "train: 0 run, 16 cached, 0 diverged, 0 failed",
            other.Run(all, "--target=Train", cache).Line("train")
        );
    }

    [Fact]
    public void Where_the_server_is_gone_one_line_says_so_and_all_is_done_here()
    {
        var outcome = other.Run("--target=Report", $"--cache={Nowhere}");

        outcome.Succeeded();
        Assert.Equal("train: 16 run, 0 cached, 0 diverged, 0 failed", outcome.Line("train"));
        var line = Assert.Single(
            outcome.Output.Split('\n'),
            line => line.StartsWith("cache:", StringComparison.Ordinal)
        );
        Assert.StartsWith($"cache: {Nowhere} can't be reached (", line, StringComparison.Ordinal);
        Assert.EndsWith("; this command goes on with the local folder alone", line, StringComparison.Ordinal);
        Assert.Empty(outcome.Error);
        one.Run("--target=Report").Succeeded();
        Assert.Equal(one.Files("results"), other.Files("results"));
    }

    [Theory]
    [InlineData("https://me:geheim@host/cache", "holds a user or a password")]
    [InlineData("http://host/cache", "is not encrypted")]
    [InlineData("ftp://host/cache", "begins with https:// or http://")]
    public void An_address_that_is_none_ends_the_command_with_a_sentence(string address, string why)
    {
        var outcome = other.Run(
            new Dictionary<string, string> { ["PIPELINE_CACHE_TOKEN"] = "geheim" },
            "--target=Plan",
            $"--cache={address}"
        );
        Assert.Equal(255, outcome.ExitCode);
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_and_Clean_see_to_the_folder_alone()
    {
        var doctor = other.Run("--target=Doctor", $"--cache={Nowhere}").Succeeded();
        Assert.Contains(
            $"cache         {Nowhere} (local folder {other.PathOf("cache")})\n",
            doctor,
            StringComparison.Ordinal
        );
        var clean = other.Run("--target=Clean", $"--cache={Nowhere}").Succeeded();
        Assert.DoesNotContain("can't be reached", doctor + clean, StringComparison.Ordinal);
    }

    private static string ServerOfTheManual() =>
        File.ReadAllText(Path.Combine(Workspace.Root, "src", "Caching", "README.md"))
            .Split("```nginx\n")[1]
            .Split("```")[0];

    private static (string Certificate, string Key) SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(200)
        );
        return (certificate.ExportCertificatePem(), key.ExportECPrivateKeyPem());
    }

    private static int Uploads(Nginx nginx) =>
        nginx.Requests.Count(request => request.StartsWith("PUT ", StringComparison.Ordinal));
}
