using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

/// <summary>
/// A stream of 2³⁴ random words of 32 bits: the <see cref="Philox4x32"/> blocks with key = seed and counter = (block, subindex, index,
/// purpose), least significant word first; word w is word w mod 4 of block ⌊w / 4⌋. Streams of one seed that differ in purpose, index or
/// subindex have no counter in common, and those of different seeds have different keys. A stream is a value: filling twice
/// gives the same numbers. Element i depends on word i alone, so a longer span begins like a shorter one.
/// </summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Purpose">What the numbers are for.</param>
/// <param name="Index">Which stream of the purpose, such as a layer or an epoch.</param>
/// <param name="Subindex">Which stream of the index, such as a training step.</param>
public readonly record struct RandomStream(ulong Seed, RandomPurpose Purpose, uint Index = 0, uint Subindex = 0)
{
    private const int Chunk = 256;

    /// <summary>Reads the stream's words one after the other, from the first.</summary>
    public RandomReader Read() => new(this);

    /// <summary>Uniform numbers in [0, 1): the upper 24 bits of a word, times 2⁻²⁴.</summary>
    public void FillUniform(Span<float> values) => Fill<Uniform>(values);

    /// <summary>
    /// Standard normal numbers: −Φ⁻¹(u) with the sign of a word's upper bit, where u is (lower 31 bits + ½) · 2⁻³² in float32.
    /// The largest magnitude is 6.34.
    /// </summary>
    public void FillNormal(Span<float> values) => Fill<Normal>(values);

    /// <summary>A uniformly chosen order of the numbers 0 … length − 1, by Fisher and Yates' shuffle from the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Permutation(Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var reader = Read();
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)reader.NextBelow((uint)i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>
    /// Fills a span, of a multiple of <see cref="Philox4x32.WordsOfBlocks"/> words, with those of the blocks
    /// from <paramref name="block"/> on.
    /// </summary>
    internal void FillWords(uint block, Span<uint> words)
    {
        const int step = Philox4x32.WordsOfBlocks;
        for (var i = 0; i < words.Length; i += step, block += step / 4)
            Philox4x32.Blocks(
                block,
                Subindex,
                Index,
                (uint)Purpose,
                (uint)Seed,
                (uint)(Seed >> 32),
                words.Slice(i, step)
            );
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill<TDistribution>(Span<float> values)
        where TDistribution : struct, IDistribution
    {
        Span<uint> words = stackalloc uint[Chunk];
        Span<float> drawn = stackalloc float[Chunk];
        for (var start = 0; start < values.Length; start += Chunk)
        {
            FillWords((uint)start / 4, words);
            for (var i = 0; i < Chunk; i += Vector512<uint>.Count)
                TDistribution.Draw(Vector512.Create<uint>(words[i..])).CopyTo(drawn[i..]);
            var part = values[start..Math.Min(start + Chunk, values.Length)];
            drawn[..part.Length].CopyTo(part);
        }
    }

    private interface IDistribution
    {
        /// <summary>A number for each word.</summary>
        static abstract Vector512<float> Draw(Vector512<uint> words);
    }

    private readonly struct Uniform : IDistribution
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Draw(Vector512<uint> words) =>
            Vector512.ConvertToSingle((words >> 8).AsInt32()) * Vector512.Create(1f / (1 << 24));
    }

    private readonly struct Normal : IDistribution
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Draw(Vector512<uint> words)
        {
            var sign = Vector512.Create(0x80000000u);
            var magnitude = Vector512.ConvertToSingle(Vector512.AndNot(words, sign).AsInt32());
            var u = Vector512.FusedMultiplyAdd(
                magnitude,
                Vector512.Create(1f / (1L << 32)),
                Vector512.Create(1f / (1L << 33))
            );
            return ((-Float32.NormalQuantile(u)).AsUInt32() ^ (words & sign)).AsSingle();
        }
    }
}
