using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

public sealed class RunClaimsTests : IDisposable
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 6).Select(i => Digest.Of($"key {i}"))];

    private readonly TemporaryCache folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_one_has_claimed_another_does_not_get()
    {
        using var first = Claims();
        using var second = Claims();
        Assert.Equal(Keys[..3], first.Take(Keys[..3]));
        Assert.Equal(Keys[3..5], second.Take(Keys[1..5]));
        Assert.Equal(Keys[5..], first.Take(Keys[3..]));
        Assert.Equal(Keys[..3], first.Take(Keys[..3]));
        Assert.Equal($"here {Environment.ProcessId}", second.Holder(Keys[0]));
        Assert.Null(second.Holder(Keys[4]));
    }

    [Fact]
    public void Claims_end_with_their_command()
    {
        using var second = Claims();
        using (var first = Claims())
        {
            first.Take(Keys);
            Assert.Empty(second.Take(Keys));
        }
        Assert.Equal(Keys, second.Take(Keys));
        second.Dispose();
        Assert.Empty(folder.Files("claims"));
    }

    [Fact]
    public void One_claim_may_be_given_back()
    {
        using var first = Claims();
        using var second = Claims();
        first.Take(Keys[..3]);
        Assert.Empty(second.Take(Keys[..3]));

        first.GiveBack(Keys[1]);
        first.GiveBack(Keys[5]);

        Assert.Equal(Keys[1..2], second.Take(Keys[..3]));
        Assert.Equal(Keys[5..], second.Take(Keys[5..]));
        Assert.Empty(first.Take(Keys[1..2]));
    }

    [Fact]
    public void One_that_died_claims_nothing_and_its_file_goes()
    {
        WriteDead("here 4711", DateTime.UtcNow);
        using var claims = Claims();
        Assert.Equal(Keys, claims.Take(Keys));
        Assert.Single(folder.Files("claims"));
    }

    [Fact]
    public void One_on_another_machine_claims_until_it_is_silent_for_a_minute()
    {
        var path = WriteDead("there 4711", DateTime.UtcNow.AddSeconds(-30));
        using var claims = Claims();
        Assert.Empty(claims.Take(Keys));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(-90));
        Assert.Equal(Keys, claims.Take(Keys));
    }

    [Fact]
    public void One_that_is_silent_for_a_minute_claims_nothing_though_it_lives()
    {
        using var silent = Claims();
        silent.Take(Keys);
        File.SetLastWriteTimeUtc(Assert.Single(folder.Files("claims")), DateTime.UtcNow.AddMinutes(-2));
        using var claims = Claims();
        Assert.Equal(Keys, claims.Take(Keys));
    }

    [Fact]
    public void Of_those_that_claim_at_the_same_time_one_gets_each_key()
    {
        var taken = new List<string>[8];
        Parallel.For(
            0,
            taken.Length,
            new ParallelOptions { MaxDegreeOfParallelism = taken.Length },
            i =>
            {
                using var claims = Claims();
                taken[i] = [.. Keys.SelectMany(key => claims.Take([key]))];
                Thread.Sleep(200);
            }
        );
        Assert.Equal(Keys.Order(), taken.SelectMany(keys => keys).Distinct().Order());
    }

    [Fact]
    public void Of_those_that_lost_a_key_to_one_that_has_gone_the_first_gets_it()
    {
        using var claims = Claims();
        claims.Take(Keys[..1]);
        // Another that claimed the same at the same time, and comes after it by name.
        File.WriteAllText(
            Path.Combine(folder.Root, "claims", new string('f', 32)),
            $"there 4711\n{Keys[0]}\n{Keys[1]}\n"
        );

        Assert.Equal(Keys[..1], claims.Take(Keys[..2]));
    }

    [Fact]
    public void Where_no_claim_can_be_written_all_is_taken()
    {
        File.WriteAllText(Path.Combine(folder.Root, "claims"), "");
        using var claims = Claims();
        Assert.Equal(Keys, claims.Take(Keys));
    }

    [Fact]
    public void Other_files_among_the_claims_are_left_alone()
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, "claims"));
        File.WriteAllText(Path.Combine(folder.Root, "claims", "thesis.txt"), $"here 1\n{Keys[0]}\n");
        using (var claims = Claims())
            Assert.Equal(Keys, claims.Take(Keys));
        Assert.Single(folder.Files("claims"));
    }

    [Fact]
    public void A_cache_that_is_only_read_has_no_claims()
    {
        using var scratch = new TemporaryCache();
        Assert.Null(DirectoryCache.ReadOnly(folder.Root, scratch.Root, folder.Log.Add, folder.Clock).Claim());
    }

    private RunClaims Claims() => new(Path.Combine(folder.Root, "claims"), "here");

    private string WriteDead(string command, DateTime lastWrite)
    {
        var path = Path.Combine(folder.Root, "claims", new string('0', 32));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"{command}\n{string.Join('\n', Keys)}\n");
        File.SetLastWriteTimeUtc(path, lastWrite);
        return path;
    }
}
