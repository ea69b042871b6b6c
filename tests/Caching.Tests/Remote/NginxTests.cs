using Pipeline.Artifacts;
using Pipeline.Tests;

namespace Pipeline.Caching.Tests.Remote;

public sealed class NginxTests
{
    private static readonly StageKey Key = TemporaryCache.Key();

    [NginxFact]
    public void What_one_machine_stores_another_finds()
    {
        using var nginx = new Nginx();
        using var one = new Machine(nginx.Url);
        Assert.Null(one.Find(Key));
        one.Store(Key);
        one.Cache.Finish();
        Assert.Equal([$"ac/{Key.Digest}", $"cas/{Digest.Of("result")}"], nginx.Entries);

        using var other = new Machine(nginx.Url);
        Assert.Equal("result", other.Find(Key));
        Assert.Empty(other.Log);
        Assert.Equal([$"cache: 1 result uploaded to {nginx.Url}"], one.Log);
        Assert.Equal(
            [
                $"GET /cache/ac/{Key.Digest} 404",
                $"PUT /cache/cas/{Digest.Of("result")} 201",
                $"PUT /cache/ac/{Key.Digest} 201",
                $"GET /cache/ac/{Key.Digest} 200",
                $"GET /cache/cas/{Digest.Of("result")} 200",
            ],
            nginx.Requests
        );
    }

    [NginxFact]
    public void Two_machines_may_store_and_find_the_same_at_once()
    {
        using var nginx = new Nginx();
        using var one = new Machine(nginx.Url);
        using var two = new Machine(nginx.Url);
        Machine.WorkAtOnce(one, two, entries: 100, times: 4);

        using var three = new Machine(nginx.Url);
        for (var i = 0; i < 100; i++)
            Assert.Equal($"result {i}", three.Find(TemporaryCache.Key(epochs: i)));
        Assert.All(one.Log.Concat(two.Log), line => Assert.Contains("uploaded to", line, StringComparison.Ordinal));
        Assert.Empty(three.Log);
    }

    [NginxFact]
    public void What_was_damaged_there_is_computed_again_and_mended()
    {
        using var nginx = new Nginx();
        using var one = new Machine(nginx.Url);
        one.Store(Key);
        one.Cache.Finish();
        File.WriteAllText(nginx.PathOf($"root/cache/cas/{Digest.Of("result")}"), "resulT");

        using var other = new Machine(nginx.Url);
        Assert.Null(other.Find(Key));
        other.Store(Key);
        other.Cache.Finish();

        Assert.Equal("result", File.ReadAllText(nginx.PathOf($"root/cache/cas/{Digest.Of("result")}")));
        Assert.Contains($"PUT /cache/ac/{Key.Digest} 204", nginx.Requests);
        Assert.Contains("which are ignored", other.Log[0], StringComparison.Ordinal);
    }

    [NginxFact]
    public void Who_has_no_password_is_told_so()
    {
        using var nginx = new Nginx("auth_basic cache; auth_basic_user_file users;");
        using var stranger = new Machine(nginx.Url);
        Assert.Null(stranger.Find(Key));
        Assert.Contains("answers 401 (Unauthorized)", stranger.Log.Single(), StringComparison.Ordinal);

        using var friend = new Machine(
            nginx.Url,
            environment: "PIPELINE_CACHE_USER=me\nPIPELINE_CACHE_PASSWORD=geheim"
        );
        friend.Store(Key);
        friend.Cache.Finish();
        Assert.Equal([$"cache: 1 result uploaded to {nginx.Url}"], friend.Log);
    }

    [NginxFact]
    public void Who_may_only_read_reads_on()
    {
        using var nginx = new Nginx("limit_except GET { deny all; }");
        using var machine = new Machine(nginx.Url);
        machine.Store(Key);
        machine.Cache.Finish();
        Assert.Null(machine.Find(TemporaryCache.Key(epochs: 16)));
        Assert.Equal(2, machine.Log.Count);
        Assert.EndsWith("; nothing more is uploaded in this command", machine.Log[0], StringComparison.Ordinal);
        Assert.EndsWith(" 404", nginx.Requests[^1], StringComparison.Ordinal);
    }

    [NginxFact]
    public void A_limit_of_the_body_is_told_with_its_name()
    {
        using var nginx = new Nginx("client_max_body_size 1m;");
        using var machine = new Machine(nginx.Url);
        machine.Cache.Put(Key, [new("data", machine.Cache.Put(stream => stream.Write(new byte[5_000_000])))]);
        machine.Cache.Finish();
        Assert.Equal(2, machine.Log.Count);
        Assert.Contains("nginx: client_max_body_size", machine.Log[0], StringComparison.Ordinal);
        Assert.Empty(nginx.Entries);
    }

    [NginxFact]
    public void A_server_without_uploads_is_told_so()
    {
        using var nginx = new Nginx("if ($request_method = PUT) { return 405; }");
        using var machine = new Machine(nginx.Url);
        machine.Store(Key);
        machine.Cache.Finish();
        Assert.Contains("answers 405 (MethodNotAllowed) to PUT", machine.Log[0], StringComparison.Ordinal);
    }
}
