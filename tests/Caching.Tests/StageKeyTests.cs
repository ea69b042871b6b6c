using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

public sealed class StageKeyTests
{
    [Fact]
    public void A_key_is_the_digest_of_canonical_json()
    {
        var key = new StageKey(
            "train",
            """{"epochs":15}""",
            KeyPart.Of([new("data", "00")]),
            KeyPart.Of([new("b", "2"), new("B", "1"), new("a/é\"", "3")])
        );
        Assert.Equal(
            """{"stage":"train","parameters":{"epochs":15},"inputs":{"data":"00"},"code":{"B":"1","a/é\"":"3","b":"2"},"backend":{}}""",
            key.Json
        );
        Assert.Equal(Digest.Of(key.Json), key.Digest);
        using var json = JsonDocument.Parse(key.Json);
        Assert.Equal("3", json.RootElement.GetProperty("code").GetProperty("a/é\"").GetString());
    }

    [Fact]
    public void Each_part_changes_the_key()
    {
        var (a, b) = (KeyPart.Of([new("x", "1")]), KeyPart.Of([new("x", "2")]));
        StageKey[] keys =
        [
            new("train", "{}", a, a),
            new("train", "{}", a, a, a),
            new("train", "{}", a, a, b),
            new("train", "{}", a, b),
            new("train", "{}", b, a),
            new("train", """{"y":1}""", a, a),
            new("report", "{}", a, a),
        ];
        Assert.Equal(keys.Length, keys.DistinctBy(key => key.Digest).Count());
    }

    [Fact]
    public void The_order_in_which_entries_are_given_does_not_matter()
    {
        KeyValuePair<string, string>[] entries = [new("x", "1"), new("y", "2"), new("Z", "3")];
        Assert.Equal(KeyPart.Of(entries).Json, KeyPart.Of(entries.Reverse()).Json);
        Assert.Equal(KeyPart.Of(entries).Json, KeyPart.Of(entries[1..]).With(entries[..1]).Json);
    }

    [Fact]
    public void A_name_stands_once() =>
        Assert.Throws<ArgumentException>(() => KeyPart.Of([new("x", "1")]).With([new("x", "1")]));
}
