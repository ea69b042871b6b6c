using Pipeline.Numerics;

namespace Pipeline.Networks;

/// <summary>
/// The format in which a network keeps the weights that its layers read, what flows between layers, and gradients. Each number is
/// rounded when it is written; arithmetic, sums, running statistics, losses, and what the optimizer keeps, weights among it, are float32.
/// </summary>
/// <remarks>P. Micikevicius et al.: Mixed precision training. ICLR 2018.</remarks>
public enum Storage
{
    /// <summary>IEEE 754 binary32: nothing is rounded.</summary>
    Float32,

    /// <summary>IEEE 754 binary16: 11 bits of precision, magnitudes from 2⁻²⁴ to 65504.</summary>
    Float16,

    /// <summary>The upper half of a float32: 8 bits of precision, its range. Not on the torch backend, as <see cref="Float16"/>.</summary>
    Bfloat16,
}

/// <summary>Writes numbers as a format keeps them.</summary>
internal static class StorageRounding
{
    /// <summary>Rounds numbers in place; does nothing in float32.</summary>
    public static void Round(this Storage storage, Span<float> values) => storage.Round(values, values);

    /// <summary>y is x, rounded; the two may be the same memory, in which case float32 does nothing.</summary>
    public static void Round(this Storage storage, ReadOnlySpan<float> x, Span<float> y)
    {
        if (storage == Storage.Float16)
            Rounding.ToFloat16(x, y);
        else if (storage == Storage.Bfloat16)
            Rounding.ToBfloat16(x, y);
        else if (x != y)
            x.CopyTo(y);
    }
}
