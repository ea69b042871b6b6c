using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <summary>
/// A place in a <see cref="RandomStream"/>, moved on by every draw. Pass it by reference: a copy draws the same numbers again.
/// </summary>
public ref struct RandomReader
{
    private readonly RandomStream stream;
    private Buffer words;
    private uint nextBlock;
    private int used;

    internal RandomReader(RandomStream stream)
    {
        this.stream = stream;
        used = Buffer.Length;
    }

    /// <summary>The stream's next word.</summary>
    public uint NextUInt32()
    {
        if (used == Buffer.Length)
        {
            stream.FillWords(nextBlock, words);
            nextBlock += Buffer.Length / 4;
            used = 0;
        }
        return words[used++];
    }

    /// <summary>The next two words, the lower half first.</summary>
    public ulong NextUInt64()
    {
        var low = NextUInt32();
        return ((ulong)NextUInt32() << 32) | low;
    }

    /// <summary>A uniform number in [0, 1): the upper 53 bits of the next two words, times 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>
    /// A whole number from 0 to <paramref name="bound"/> − 1, each equally likely. D. Lemire, <em>Fast random integer generation
    /// in an interval</em>, ACM TOMACS 29 (2019).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is 0.</exception>
    public uint NextBelow(uint bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        var product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            var rejected = (uint)-(int)bound % bound;
            while ((uint)product < rejected)
                product = (ulong)NextUInt32() * bound;
        }
        return (uint)(product >> 32);
    }

    [InlineArray(Length)]
    private struct Buffer
    {
        public const int Length = Philox4x32.WordsOfBlocks;
        private uint word;
    }
}
