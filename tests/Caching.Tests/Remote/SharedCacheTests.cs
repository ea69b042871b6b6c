using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests.Remote;

public sealed class SharedCacheTests : IDisposable
{
    private static readonly StageKey Key = TemporaryCache.Key();

    private readonly CacheServer server = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public void What_one_machine_stores_another_finds_and_asks_for_once()
    {
        using var one = new Machine(server.Url);
        one.Store(Key);
        one.Cache.Finish();
        using var other = new Machine(server.Url);

        Assert.Equal("result", other.Find(Key));
        var asked = server.Requests.Count;
        Assert.Equal("result", other.Find(Key));

        Assert.Equal(asked, server.Requests.Count);
        Assert.Equal([$"cache: 1 result uploaded to {server.Url}"], one.Log);
        Assert.Empty(other.Log);
        Assert.Equal(File.ReadAllBytes(one.Files("ac").Single()), File.ReadAllBytes(other.Files("ac").Single()));
        Assert.Equal(File.ReadAllBytes(one.Files("cas").Single()), File.ReadAllBytes(other.Files("cas").Single()));
    }

    [Fact]
    public void Entries_are_below_the_address_as_in_Bazels_remote_cache_and_outputs_come_before_their_manifest()
    {
        using var machine = new Machine(server.Url + "/");
        machine.Store(Key);
        machine.Cache.Finish();

        Assert.Equal(
            [$"PUT /cache/cas/{Digest.Of("result")}", $"PUT /cache/ac/{Key.Digest}"],
            server.Requests.Select(request => $"{request.Method} {request.Path}")
        );
        Assert.Equal("result"u8, server.Entries[$"/cache/cas/{Digest.Of("result")}"]);
        Assert.Equal(File.ReadAllBytes(machine.Files("ac").Single()), server.Entries[$"/cache/ac/{Key.Digest}"]);
    }

    [Fact]
    public void A_miss_is_asked_for_and_no_more()
    {
        using var machine = new Machine(server.Url);
        Assert.False(machine.Cache.TryGet(Key.Digest, out _, out var miss));
        Assert.Equal(CacheMiss.Absent, miss);
        machine.Cache.Finish();
        Assert.Equal([$"/cache/ac/{Key.Digest}"], server.Requests.Select(request => request.Path));
        Assert.Empty(machine.Log);
    }

    [Fact]
    public void One_who_only_reads_uploads_nothing()
    {
        Share();
        using var machine = new Machine(server.Url, isReadOnly: true);
        Assert.Equal("result", machine.Find(Key));
        machine.Store(TemporaryCache.Key(epochs: 16));
        machine.Cache.Finish();

        Assert.DoesNotContain(server.Requests, request => request.Method == "PUT");
        Assert.Empty(machine.Log);
        Assert.Equal(2, machine.Files("ac").Length);
    }

    [Fact]
    public void One_who_stays_local_asks_and_tells_nothing()
    {
        Share();
        using var machine = new Machine(server.Url);
        machine.Cache.StayLocal();
        Assert.Null(machine.Find(Key));
        machine.Store(Key);
        machine.Cache.Finish();
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_result_whose_output_is_gone_from_the_folder_is_fetched_anew()
    {
        using var machine = new Machine(server.Url);
        machine.Store(Key);
        machine.Cache.Finish();
        File.Delete(machine.Files("cas").Single());
        Assert.Equal("result", machine.Find(Key));
    }

    [Fact]
    public void A_damaged_output_of_the_folder_is_fetched_anew()
    {
        Share();
        using var machine = new Machine(server.Url);
        Assert.Equal("result", machine.Find(Key));
        File.WriteAllText(machine.Files("cas").Single(), "resulT");

        Assert.Equal("result", machine.Find(Key));
        Assert.Equal("result", File.ReadAllText(machine.Files("cas").Single()));
    }

    [Fact]
    public void An_output_that_several_results_share_is_sent_once()
    {
        using var machine = new Machine(server.Url, settings: Machine.Impatient with { Uploads = 1 });
        machine.Store(TemporaryCache.Key(epochs: 1));
        machine.Store(TemporaryCache.Key(epochs: 2));
        machine.Cache.Finish();
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([$"cache: 2 results uploaded to {server.Url}"], machine.Log);
    }

    [Fact]
    public void Many_threads_of_two_machines_may_store_and_find_at_once()
    {
        using var one = new Machine(server.Url);
        using var two = new Machine(server.Url);
        var keys = Enumerable.Range(0, 100).Select(i => TemporaryCache.Key(epochs: i)).ToArray();
        Machine.WorkAtOnce(one, two, entries: 100, times: 2);

        using var three = new Machine(server.Url);
        Parallel.For(0, 100, i => Assert.Equal($"result {i}", three.Find(keys[i])));
        Assert.All(one.Log.Concat(two.Log), line => Assert.Contains("uploaded", line, StringComparison.Ordinal));
        Assert.Empty(three.Log);
    }

    [Fact]
    public void A_large_output_is_fetched_whole()
    {
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        using var one = new Machine(server.Url);
        one.Cache.Put(Key, [new("data", one.Cache.Put(stream => stream.Write(bytes)))]);
        one.Cache.Finish();
        using var other = new Machine(server.Url);
        Assert.True(other.Cache.TryGet(Key.Digest, out var manifest, out _));
        Assert.Equal(bytes, File.ReadAllBytes(other.Cache.TryOpenPath(manifest.Outputs["data"].Digest)!));
    }

    [Fact]
    public void A_command_waits_for_uploads_but_not_for_ever()
    {
        server.Misbehave = request => request.Method == "PUT" ? CacheServer.Silence : null;
        var shortly = TimeSpan.FromMilliseconds(50);
        using var machine = new Machine(
            server.Url,
            settings: Machine.Impatient with
            {
                SilentWait = shortly,
                LastWait = shortly,
                Patience = TimeSpan.FromMinutes(10),
            }
        );
        machine.Store(Key);
        machine.Cache.Finish();
        Assert.Equal(
            [
                $"cache: waiting for the upload of 1 result to {server.Url}",
                $"cache: 0 results uploaded to {server.Url}, 1 could not be",
            ],
            machine.Log
        );
    }

    [Fact]
    public void What_is_more_than_may_wait_is_not_uploaded_and_is_counted()
    {
        using var release = new ManualResetEventSlim();
        server.Misbehave = _ =>
        {
            release.Wait();
            return null;
        };
        using var machine = new Machine(server.Url, settings: Machine.Impatient with { Uploads = 1, MostWaiting = 1 });
        for (var i = 0; i < 5; i++)
            machine.Store(TemporaryCache.Key(epochs: i));
        release.Set();
        machine.Cache.Finish();
        Assert.Matches("^cache: [12] results? uploaded to .*, [34] could not be$", machine.Log.Single());
    }

    private void Share()
    {
        using var other = new CacheServer();
        using var machine = new Machine(other.Url);
        machine.Store(Key);
        machine.Cache.Finish();
        foreach (var (path, bytes) in other.Entries)
            server.Entries[path] = bytes;
        Assert.Equal("result", Encoding.UTF8.GetString(server.Entries[$"/cache/cas/{Digest.Of("result")}"]));
    }
}
