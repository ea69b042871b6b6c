using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Fuzz;

/// <summary>Makes inputs that are nearly right from those of a target. The same random numbers give the same input.</summary>
/// <param name="target">The target.</param>
/// <param name="random">The random numbers.</param>
internal sealed class Mutator(FuzzTarget target, Random random)
{
    private const int LongestInput = 1 << 20;
    private const int MostSteps = 4;
    private const int DeepestNesting = 20_000;

    private static readonly string[] Numbers =
    [
        "0",
        "-0",
        "-1",
        "1e308",
        "1e999",
        "1e-400",
        "NaN",
        "∞",
        "0x10",
        "010",
        "1_000",
        "255",
        "65536",
        "2147483647",
        "-2147483648",
        "4294967295",
        "9223372036854775807",
        "99999999999999999999",
        "0.1000000000000000055511151231257827021181583404541015625",
    ];

    private static readonly long[] Sizes =
    [
        0,
        1,
        -1,
        127,
        128,
        255,
        256,
        65535,
        int.MaxValue,
        int.MinValue,
        1 << 30,
        long.MaxValue,
        long.MinValue,
    ];

    private static readonly string[] Openers =
    [
        "[",
        "{",
        "(",
        "\"",
        "{\"a\":",
        "[[{",
        "- ",
        "a: ",
        "'",
        "\n ",
        "? ",
        "&a [*a,",
    ];

    private static readonly string[] Signs =
    [
        "\0",
        "\n",
        "\r",
        "\t",
        "\uFEFF",
        "\u2028",
        "😀",
        "�",
        ",",
        "\"",
        ":",
        "#",
        "~",
        "../",
        "//",
    ];

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var bytes = target.Seeds[random.Next(target.Seeds.Count)];
        if (target.Seal is not { } seal)
            return Mutated(bytes);
        var isInner = random.Next(2) == 0;
        bytes = seal(isInner ? Mutated(bytes) : bytes);
        return isInner && random.Next(4) > 0 ? bytes : Mutated(bytes);
    }

    private byte[] Mutated(byte[] bytes)
    {
        for (var steps = random.Next(2) == 0 ? 1 : random.Next(2, MostSteps + 1); steps > 0; steps--)
            bytes = Step(bytes);
        return bytes.Length > LongestInput ? bytes[..LongestInput] : bytes;
    }

    private byte[] Step(byte[] bytes)
    {
        var at = random.Next(bytes.Length + 1);
        var (before, after) = (bytes[..at], bytes[at..]);
        // Small pieces mostly, and now and then large ones.
        var length = Math.Min(after.Length, random.Next(4) == 0 ? random.Next(after.Length + 1) : random.Next(1, 16));
        return random.Next(10) switch
        {
            0 => before,
            1 => [.. before, .. after[length..]],
            2 => Flipped(bytes),
            3 => Sized(bytes),
            4 => Renumbered(bytes),
            5 => [.. before, .. Repeated(after[..length], random.Next(2, 200)), .. after],
            6 => Spliced(before),
            7 => [.. before, .. Nested(), .. after],
            8 => [.. before, .. Word(), .. after[length..]],
            _ => [.. before, .. Word(), .. after],
        };
    }

    private byte[] Flipped(byte[] bytes)
    {
        bytes = [.. bytes];
        for (var flips = random.Next(1, 9); flips > 0 && bytes.Length > 0; flips--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    // Lengths and shapes stand at the beginning mostly.
    private byte[] Sized(byte[] bytes)
    {
        var number = new byte[sizeof(long)];
        var size = Sizes[random.Next(Sizes.Length)];
        var width = 1 << random.Next(4);
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(number, size);
        else
            BinaryPrimitives.WriteInt64BigEndian(number, size << (8 * (sizeof(long) - width)));
        var at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length + 1, 64) : bytes.Length + 1);
        bytes = [.. bytes];
        number.AsSpan(0, Math.Min(width, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private byte[] Renumbered(byte[] bytes)
    {
        var start = random.Next(bytes.Length + 1);
        while (start < bytes.Length && !char.IsAsciiDigit((char)bytes[start]))
            start++;
        var end = start;
        while (end < bytes.Length && (char.IsAsciiDigit((char)bytes[end]) || bytes[end] == '.'))
            end++;
        return [.. bytes[..start], .. Encoding.UTF8.GetBytes(Numbers[random.Next(Numbers.Length)]), .. bytes[end..]];
    }

    private byte[] Spliced(byte[] before)
    {
        var other = target.Seeds[random.Next(target.Seeds.Count)];
        return [.. before, .. other[random.Next(other.Length + 1)..]];
    }

    private byte[] Nested() =>
        Repeated(
            Encoding.UTF8.GetBytes(Openers[random.Next(Openers.Length)]),
            random.Next(3) == 0 ? random.Next(DeepestNesting) : random.Next(100)
        );

    private byte[] Word()
    {
        var words = target.Words.Count > 0 && random.Next(2) == 0 ? target.Words : Signs;
        return Encoding.UTF8.GetBytes(words[random.Next(words.Count)]);
    }

    private static byte[] Repeated(byte[] piece, int count)
    {
        count = Math.Min(count, LongestInput / Math.Max(1, piece.Length));
        var bytes = new byte[piece.Length * count];
        for (var i = 0; i < count; i++)
            piece.CopyTo(bytes, i * piece.Length);
        return bytes;
    }
}
