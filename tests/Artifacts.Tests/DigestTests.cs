using System.Text;

namespace Pipeline.Artifacts.Tests;

public sealed class DigestTests
{
    // FIPS 180-4, examples.
    private const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Digests_are_sha256_of_bytes()
    {
        Assert.Equal(OfNothing, Digest.Of(ReadOnlySpan<byte>.Empty));
        Assert.Equal(OfAbc, Digest.Of("abc"u8));
    }

    [Fact]
    public void A_text_counts_by_its_utf8()
    {
        Assert.Equal(OfAbc, Digest.Of("abc"));
        Assert.Equal("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c", Digest.Of("é"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(681)]
    [InlineData(682)]
    [InlineData(5000)]
    public void A_text_of_any_length_counts_by_its_utf8(int length)
    {
        var text = new string('€', length);

        Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(text)), Digest.Of(text));
    }

    [Fact]
    public void A_stream_counts_from_where_it_stands()
    {
        using var stream = new MemoryStream("xxabc"u8.ToArray()) { Position = 2 };

        Assert.Equal(OfAbc, Digest.Of(stream));
        Assert.Equal(OfNothing, Digest.Of(stream));
    }

    [Fact]
    public void A_file_counts_by_its_bytes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.PathOf("file"), "abc"u8.ToArray());

        Assert.Equal(OfAbc, Digest.OfFile(folder.PathOf("file")));
    }

    [Fact]
    public void Only_64_lower_case_hexadecimal_digits_have_the_form_of_a_digest()
    {
        Assert.True(Digest.IsWellFormed(OfAbc));
        Assert.False(Digest.IsWellFormed(""));
        Assert.False(Digest.IsWellFormed(OfAbc[1..]));
        Assert.False(Digest.IsWellFormed(OfAbc + "0"));
        Assert.False(Digest.IsWellFormed(OfAbc.ToUpperInvariant()));
        Assert.False(Digest.IsWellFormed("../" + OfAbc[3..]));
    }
}
