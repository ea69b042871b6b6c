using System.Runtime.InteropServices;

namespace Pipeline.Networks.Layers;

/// <summary>A piece of memory that starts at a multiple of 64 bytes and stays where it is.</summary>
internal readonly struct FloatBuffer
{
    /// <summary>The number of floats to which the start of a piece is aligned.</summary>
    public const int Alignment = 16;

    private readonly float[] array;
    private readonly int start;

    /// <summary>Allocates zeros.</summary>
    public FloatBuffer(int length)
    {
        array = GC.AllocateArray<float>(checked(length + Alignment - 1), pinned: true);
        var misaligned = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) / sizeof(float) % Alignment);
        start = (Alignment - misaligned) % Alignment;
        Length = length;
    }

    private FloatBuffer(float[] array, int start, int length) =>
        (this.array, this.start, Length) = (array, start, length);

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The floats.</summary>
    public Span<float> Span => array.AsSpan(start, Length);

    /// <summary>The first floats.</summary>
    public Span<float> First(int count) => Span[..count];

    /// <summary>A part of the piece; aligned when <paramref name="offset"/> is a multiple of <see cref="Alignment"/>.</summary>
    public FloatBuffer Slice(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length, nameof(length));
        return new(array, start + offset, length);
    }

    /// <summary><paramref name="length"/> rounded up to whole multiples of <see cref="Alignment"/>.</summary>
    public static int Aligned(int length) => checked(length + Alignment - 1) / Alignment * Alignment;
}
