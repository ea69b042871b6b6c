using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Pipeline.Artifacts;
using static Pipeline.Caching.Tests.Remote.CacheServer;

namespace Pipeline.Caching.Tests.Remote;

/// <summary>What a cache may answer, by fault or with intent: nothing of it gets into the folder, and none of it ends a command.</summary>
public sealed class HostileServerTests : IDisposable
{
    private static readonly StageKey Key = TemporaryCache.Key();
    private static readonly string ManifestPath = $"/cache/ac/{Key.Digest}";
    private static readonly string OutputPath = $"/cache/cas/{Digest.Of("result")}";

    private readonly CacheServer server = new();

    public void Dispose() => server.Dispose();

    public static TheoryData<string, byte[]> WrongManifests
    {
        get
        {
            var good = Manifest(Key, new(Digest.Of("result"), 6));
            return new()
            {
                { "nothing", [] },
                { "a page", Encoding.UTF8.GetBytes("<html>Please log in.</html>") },
                { "cut", good[..^1] },
                { "longer", [.. good, (byte)'\n'] },
                { "one bit", [.. good.Select((b, i) => i == 40 ? (byte)(b ^ 1) : b)] },
                { "of another key", Manifest(TemporaryCache.Key(epochs: 16), new(Digest.Of("result"), 6)) },
                { "an output that is no digest", Manifest(Key, new("../../../etc/passwd", 6)) },
                { "an output of no size", Manifest(Key, new(Digest.Of("result"), -1)) },
                { "an output of any size", Manifest(Key, new(Digest.Of("result"), long.MaxValue)) },
                { "no output", Rewritten(good, "\"outputs\":{.*}}", "\"outputs\":{}}") },
                { "an output that is null", Rewritten(good, "\"result\":{[^}]*}", "\"result\":null") },
                { "a name elsewhere", Rewritten(good, "\"result\":{", "\"../../.git/hooks/pre-commit\":{") },
                { "an absolute name", Rewritten(good, "\"result\":{", "\"/etc/profile\":{") },
                { "the folder above", Rewritten(good, "\"result\":{", "\"..\":{") },
                { "a number for parts", Rewritten(good, "\"parts\":{.*},\"outputs\"", "\"parts\":1,\"outputs\"") },
                { "parts of another key", Rewritten(good, "\"epochs\":15", "\"epochs\":16") },
                { "a part twice", Rewritten(good, "\"epochs\":15", "\"epochs\":15,\"epochs\":15") },
            };
        }
    }

    [Theory]
    [MemberData(nameof(WrongManifests))]
    public void A_wrong_manifest_is_named_ignored_and_a_miss(string what, byte[] body)
    {
        Assert.NotEmpty(what);
        Serve(OutputPath, Body("result"u8.ToArray()));
        server.Entries[ManifestPath] = body;
        AssertMiss(1, $"cache: {server.Url} holds no manifest of its key at ac/{Key.Digest}, which is ignored");
    }

    public static TheoryData<string> WrongOutputs => ["", "resulT", "resul", "unequal"];

    [Theory]
    [MemberData(nameof(WrongOutputs))]
    public void A_wrong_output_is_named_ignored_and_a_miss(string body)
    {
        server.Entries[ManifestPath] = Manifest(Key, new(Digest.Of("result"), 6));
        server.Entries[OutputPath] = Encoding.UTF8.GetBytes(body);
        AssertMiss(
            2,
            body.Length > 6
                ? $"cache: {server.Url} holds more than 6 bytes at cas/{Digest.Of("result")}, which is ignored"
                : $"cache: {server.Url} holds other bytes at cas/{Digest.Of("result")} than this name says, which are ignored"
        );
    }

    [Fact]
    public void An_output_that_is_not_there_is_a_miss()
    {
        server.Entries[ManifestPath] = Manifest(Key, new(Digest.Of("result"), 6));
        AssertMiss(2);
    }

    [Fact]
    public void An_endless_manifest_ends()
    {
        Serve(ManifestPath, Endless);
        AssertMiss(1, $"cache: {server.Url} holds more than 1048576 bytes at ac/{Key.Digest}, which is ignored");
    }

    [Fact]
    public void An_endless_output_ends()
    {
        server.Entries[ManifestPath] = Manifest(Key, new(Digest.Of("result"), 6));
        Serve(OutputPath, Endless);
        AssertMiss(2, $"cache: {server.Url} holds more than 6 bytes at cas/{Digest.Of("result")}, which is ignored");
    }

    [Fact]
    public void A_claim_of_a_huge_body_is_not_waited_for()
    {
        Serve(ManifestPath, Reply("200 OK", [1], long.MaxValue));
        AssertMiss(1, $"cache: {server.Url} holds more than 1048576 bytes at ac/{Key.Digest}, which is ignored");
    }

    [Fact]
    public void A_packed_body_is_not_unpacked()
    {
        Serve(ManifestPath, Reply("200 OK", [0x1f, 0x8b, 8, 0], 4, "Content-Encoding: gzip"));
        AssertMiss(1, $"cache: {server.Url} holds no manifest of its key at ac/{Key.Digest}, which is ignored");
    }

    [Fact]
    public void A_body_that_is_cut_is_asked_for_again_and_then_no_more()
    {
        var manifest = Manifest(Key, new(Digest.Of("result"), 6));
        Serve(ManifestPath, Reply("200 OK", manifest[..20], manifest.Length));
        var line = AssertGone(3);
        Assert.StartsWith($"cache: {server.Url} can't be reached (The response ended", line, StringComparison.Ordinal);
        Assert.EndsWith("; this command goes on with the local folder alone", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_server_that_is_silent_or_slow_is_given_up(bool isSilent)
    {
        Serve(ManifestPath, isSilent ? Silence : Halt(new byte[100]));
        Assert.Equal(
            $"cache: {server.Url} can't be reached (no whole answer came in time); this command goes on with the local folder alone",
            AssertGone(3, TimeSpan.FromSeconds(1))
        );
    }

    [Fact]
    public void A_huge_output_that_comes_drop_by_drop_is_given_up_long_before_its_size_is_worth_it()
    {
        server.Entries[ManifestPath] = Manifest(Key, new(Digest.Of("result"), 1L << 33));
        Serve(OutputPath, Drip);
        var begun = Stopwatch.StartNew();
        var line = AssertGone(4, TimeSpan.FromSeconds(1));
        Assert.InRange(begun.Elapsed.TotalSeconds, 0, 60);
        Assert.Contains("(no whole answer came in time)", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_gone_is_told_once_and_work_goes_on()
    {
        server.Dispose();
        using var machine = new Machine(server.Url);
        Parallel.For(0, 20, i => Assert.Null(machine.Find(TemporaryCache.Key(epochs: i))));
        machine.Store(Key);
        machine.Cache.Finish();
        Assert.Equal("result", machine.Find(Key));
        Assert.Matches(
            "^cache: http://127.0.0.1:[0-9]+/cache can't be reached \\(Connection refused .*\\); this command goes on with the local folder alone$",
            machine.Log.Single()
        );
    }

    [Fact]
    public void An_error_that_passes_is_borne()
    {
        server.Entries[ManifestPath] = Manifest(Key, new(Digest.Of("result"), 6));
        server.Entries[OutputPath] = "result"u8.ToArray();
        string[] errors = ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"];
        server.Misbehave = request =>
        {
            var times = server.Requests.Count(before => before.Path == request.Path);
            return times <= 2 ? Status(errors[(times + (request.Path == OutputPath ? 1 : 0)) % 3]) : null;
        };
        using var machine = new Machine(server.Url);
        Assert.Equal("result", machine.Find(Key));
        Assert.Equal(6, server.Requests.Count);
        Assert.Empty(machine.Log);
    }

    [Fact]
    public void An_error_that_stays_is_told_once()
    {
        Serve(ManifestPath, Status("502 Bad Gateway"));
        Assert.Equal(
            $"cache: {server.Url} answers 502 (BadGateway); nothing more is read there in this command",
            AssertGone(3)
        );
    }

    [Theory]
    [InlineData("401 Unauthorized", "401 (Unauthorized)")]
    [InlineData("403 Forbidden", "403 (Forbidden)")]
    public void A_refusal_names_the_variables_of_the_credentials(string status, string shown)
    {
        Serve(ManifestPath, Status(status, "WWW-Authenticate: Basic realm=\"cache\""));
        Assert.Equal(
            $"cache: {server.Url} answers {shown}: set PIPELINE_CACHE_USER and PIPELINE_CACHE_PASSWORD, or PIPELINE_CACHE_TOKEN, "
                + "to what it lets in; this command goes on with the local folder alone",
            AssertGone(1)
        );
    }

    [Fact]
    public void A_redirect_is_not_followed()
    {
        using var elsewhere = new CacheServer();
        elsewhere.Entries[ManifestPath] = Manifest(Key, new(Digest.Of("result"), 6));
        elsewhere.Entries[OutputPath] = "result"u8.ToArray();
        var place = new Uri(elsewhere.Url);
        Serve(
            ManifestPath,
            Status("307 Temporary Redirect", $"Location: http://me:secret@{place.Authority}{ManifestPath}")
        );
        Assert.Equal(
            $"cache: {server.Url} answers 307 with a redirect to http://{place.Authority}, which is not followed: "
                + "name the cache's own address; this command goes on with the local folder alone",
            AssertGone(1)
        );
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(
        "400 Bad Request",
        "ac",
        "400 (BadRequest) to a manifest: start bazel-remote with --disable_http_ac_validation"
    )]
    [InlineData(
        "403 Forbidden",
        "cas",
        "403 (Forbidden): set PIPELINE_CACHE_USER and PIPELINE_CACHE_PASSWORD, or PIPELINE_CACHE_TOKEN, to what it lets in"
    )]
    [InlineData("405 Method Not Allowed", "cas", "405 (MethodNotAllowed) to PUT: a cache answers GET and PUT")]
    [InlineData("507 Insufficient Storage", "cas", "507 (InsufficientStorage)")]
    public void Where_uploads_are_refused_nothing_more_is_uploaded_but_read(string status, string store, string what)
    {
        server.Misbehave = request =>
            request.Method == "PUT" && request.Path.StartsWith($"/cache/{store}", StringComparison.Ordinal)
                ? Status(status)
                : null;
        using var machine = new Machine(server.Url, settings: Machine.Impatient with { Uploads = 1 });
        machine.Store(Key);
        machine.Store(TemporaryCache.Key(epochs: 16), "another");
        machine.Cache.Finish();

        Assert.Equal(
            [
                $"cache: {server.Url} answers {what}; nothing more is uploaded in this command",
                $"cache: 0 results uploaded to {server.Url}, 2 could not be",
            ],
            machine.Log
        );
        Assert.DoesNotContain(server.Entries.Keys, path => path.StartsWith("/cache/ac/", StringComparison.Ordinal));
        var (third, before) = (TemporaryCache.Key(epochs: 17), server.Requests.Count);
        Assert.Null(machine.Find(third));
        Assert.Equal(before + 1, server.Requests.Count);
    }

    [Fact]
    public void An_output_that_is_too_large_is_left_out_with_its_manifest_and_others_are_uploaded()
    {
        server.Misbehave = request => request.Path == OutputPath ? Status("413 Request Entity Too Large") : null;
        using var machine = new Machine(server.Url);
        machine.Store(Key);
        machine.Store(TemporaryCache.Key(epochs: 16), "another");
        machine.Cache.Finish();
        Assert.Equal(
            [
                $"cache: {server.Url} answers 413 (RequestEntityTooLarge) to an output, which is not uploaded: "
                    + "let it take larger ones (nginx: client_max_body_size)",
                $"cache: 1 result uploaded to {server.Url}, 1 could not be",
            ],
            machine.Log
        );
        Assert.DoesNotContain(ManifestPath, server.Entries.Keys);
    }

    [Fact]
    public void A_server_that_answers_all_with_a_page_is_asked_a_few_times_only()
    {
        server.Misbehave = _ => Body(Encoding.UTF8.GetBytes("<html>Please log in.</html>"));
        using var machine = new Machine(server.Url, settings: Machine.Impatient with { MostWrong = 3 });
        for (var i = 0; i < 20; i++)
            Assert.Null(machine.Find(TemporaryCache.Key(epochs: i)));
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(4, machine.Log.Count);
        Assert.Equal(
            $"cache: {server.Url} gave 3 such answers; nothing more is read there in this command",
            machine.Log[^1]
        );
    }

    private static byte[] Manifest(StageKey key, StoredOutput output)
    {
        using var folder = new TemporaryCache();
        return folder.Cache.Put(key, [new("result", output)]).Encode();
    }

    // With a last line that fits.
    private static byte[] Rewritten(byte[] manifest, string pattern, string text)
    {
        var before = Encoding.UTF8.GetString(manifest).Split('\n')[0];
        var after = Regex.Replace(before, pattern, text, RegexOptions.None, TimeSpan.FromSeconds(1)) + "\n";
        Assert.NotEqual(before + "\n", after);
        return Encoding.UTF8.GetBytes($"{after}sha256:{Digest.Of(after)}\n");
    }

    private void Serve(string path, Answer answer) =>
        server.Misbehave = request => request.Path == path ? answer : null;

    private void AssertMiss(int requests, params string[] told)
    {
        using var machine = new Machine(server.Url);
        Assert.Null(machine.Find(Key));
        Assert.Equal(told, machine.Log);
        Assert.Equal(requests, server.Requests.Count);
        Assert.Empty(machine.Files(""));
        Assert.Equal("other", Stored(machine));
    }

    // After some requests it is told and no other is made.
    private string AssertGone(int requests, TimeSpan? patience = null)
    {
        using var machine = new Machine(
            server.Url,
            isReadOnly: true,
            Machine.Impatient with
            {
                Patience = patience ?? Machine.Impatient.Patience,
            }
        );
        Assert.Null(machine.Find(Key));
        Assert.Null(machine.Find(TemporaryCache.Key(epochs: 16)));
        Assert.Equal(requests, server.Requests.Count);
        Assert.Equal("other", Stored(machine));
        return machine.Log.Single();
    }

    private static string? Stored(Machine machine)
    {
        machine.Store(Key, "other");
        return machine.Find(Key);
    }
}
