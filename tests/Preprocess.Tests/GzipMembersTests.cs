using System.Text;

namespace Pipeline.Preprocess.Tests;

/// <summary>RFC 1952: a gzip file is one member or several, each with its own checksum and length.</summary>
public sealed class GzipMembersTests : IDisposable
{
    private static readonly byte[] First = TemporaryFolder.Gzipped("1,a\n2,"u8.ToArray());
    private static readonly byte[] Second = TemporaryFolder.Gzipped("b\n3,a\n"u8.ToArray());
    private static readonly byte[] Empty = [.. "\x1f"u8, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly Described data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void Several_members_are_read_one_after_the_other()
    {
        Holds([.. First, .. Second]);
        Holds([.. Empty, .. First, .. Empty, .. Second, .. Empty]);
        Holds([.. First, .. Second, .. new byte[512]]);
        Holds([.. First, 0, 0, 0, .. Second]);
    }

    [Fact]
    public void A_members_head_may_hold_more()
    {
        byte[] named =
        [
            .. First[..3],
            2 | 4 | 8 | 16,
            .. First[4..10],
            2,
            0,
            7,
            7,
            .. "x.csv\0note\0"u8,
            9,
            9,
            .. First[10..],
        ];

        Holds([.. named, .. Second]);
    }

    [Fact]
    public void Members_of_many_chunks_are_read()
    {
        var random = new Random(1);
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{random.Next()},{i % 2}\n"));
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var parts = 1; parts <= 5; parts++)
        {
            var size = (bytes.Length / parts) + 1;
            data.Folder.WriteRaw("x.csv", [.. bytes.Chunk(size).SelectMany(TemporaryFolder.Gzipped)]);
            Assert.Equal(100_000, data.Read("csv", ["x.csv"]).Labels.Length);
        }
    }

    [Fact]
    public void A_file_is_refused_wherever_it_is_cut_but_between_members()
    {
        byte[] whole = [.. First, .. Second];
        for (var length = 2; length < whole.Length; length++)
        {
            if (length != First.Length)
                IsDamaged(whole[..length]);
        }
    }

    [Fact]
    public void A_changed_checksum_or_length_of_any_member_is_refused()
    {
        byte[] whole = [.. First, .. Second];
        foreach (var end in (int[])[First.Length, whole.Length])
        {
            for (var i = end - 8; i < end; i++)
            {
                byte[] damaged = [.. whole];
                damaged[i] ^= 0x40;
                IsDamaged(damaged);
            }
        }
    }

    [Fact]
    public void Anything_else_behind_a_member_is_refused() => IsDamaged([.. First, .. Second, .. "more"u8]);

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.csv.GZ")]
    [InlineData("x.csv.gz")]
    public void The_same_bytes_are_read_the_same_whatever_the_name(string name)
    {
        foreach (
            var bytes in (byte[][])
                [
                    [.. First, .. Second],
                    "1,a\n2,b\n3,a\n"u8.ToArray(),
                ]
        )
        {
            data.Folder.WriteRaw(name, bytes);
            Assert.Equal([1f, 2f, 3f], data.Read("csv", [name]).Floats!);
        }
    }

    private void Holds(byte[] file)
    {
        data.Folder.WriteRaw("x.csv.gz", file);
        var read = data.Read("csv", ["x.csv.gz"]);

        Assert.Equal([1f, 2f, 3f], read.Floats!);
        Assert.Equal([0, 1, 0], read.Labels);
    }

    private void IsDamaged(byte[] file)
    {
        data.Folder.WriteRaw("x.csv.gz", file);
        Assert.Equal(
            "x.csv.gz is cut off or damaged: get the file again.",
            data.Refusal(() => data.Read("csv", ["x.csv.gz"]))
        );
    }
}
