namespace Pipeline.Numerics.Tests;

public sealed class PhiloxTests
{
    /// <summary>The vectors for philox4x32-10 that Random123, the authors' library, publishes (kat_vectors).</summary>
    [Theory]
    [InlineData(
        new[] { 0u, 0u, 0u, 0u },
        new[] { 0u, 0u },
        new[] { 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u }
    )]
    [InlineData(
        new[] { 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu },
        new[] { 0xffffffffu, 0xffffffffu },
        new[] { 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu }
    )]
    [InlineData(
        new[] { 0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u },
        new[] { 0xa4093822u, 0x299f31d0u },
        new[] { 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u }
    )]
    public void A_block_is_that_of_the_published_vectors(uint[] counter, uint[] key, uint[] expected)
    {
        var (x0, x1, x2, x3) = Philox4x32.Block(counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
        var words = new uint[Philox4x32.WordsOfBlocks];
        Philox4x32.Blocks(counter[0], counter[1], counter[2], counter[3], key[0], key[1], words);

        Assert.Equal(expected, new[] { x0, x1, x2, x3 });
        Assert.Equal(expected, words[..4]);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(123u)]
    [InlineData(0xfffffffbu)]
    public void Blocks_together_are_the_blocks_one_by_one(uint first)
    {
        var words = new uint[Philox4x32.WordsOfBlocks];
        Philox4x32.Blocks(first, 1, 2, 3, 4, 5, words);

        for (var i = 0; i < words.Length / 4; i++)
        {
            var (x0, x1, x2, x3) = Philox4x32.Block(first + (uint)i, 1, 2, 3, 4, 5);
            Assert.Equal(new[] { x0, x1, x2, x3 }, words[(4 * i)..((4 * i) + 4)]);
        }
    }
}
